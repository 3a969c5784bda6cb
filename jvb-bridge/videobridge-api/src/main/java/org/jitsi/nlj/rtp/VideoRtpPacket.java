package org.jitsi.nlj.rtp;

import org.jitsi.rtp.rtp.RtpPacket;

/** A video packet. */
public class VideoRtpPacket extends RtpPacket {

  protected VideoRtpPacket() {}

  public final native int getEncodingId();
}
