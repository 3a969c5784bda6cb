package org.jitsi.nlj.rtp.codec.vp8;

import org.jitsi.nlj.rtp.ParsedVideoPacket;

/** A VP8 packet. */
public final class Vp8Packet extends ParsedVideoPacket {

  private Vp8Packet() {}

  @Override
  public native boolean isKeyframe();

  @Override
  public native boolean isStartOfFrame();
}
