package org.jitsi.nlj.rtp.codec.av1;

import org.jitsi.nlj.rtp.ParsedVideoPacket;

/** A video packet with an AV1 dependency descriptor. */
public final class Av1DDPacket extends ParsedVideoPacket {

  private Av1DDPacket() {}

  @Override
  public native boolean isKeyframe();

  @Override
  public native boolean isStartOfFrame();
}
