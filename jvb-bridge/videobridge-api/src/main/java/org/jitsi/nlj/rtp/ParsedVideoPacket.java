package org.jitsi.nlj.rtp;

/** A video packet of a codec that the bridge parses. */
public abstract class ParsedVideoPacket extends VideoRtpPacket {

  protected ParsedVideoPacket() {}

  public abstract boolean isKeyframe();

  public abstract boolean isStartOfFrame();
}
