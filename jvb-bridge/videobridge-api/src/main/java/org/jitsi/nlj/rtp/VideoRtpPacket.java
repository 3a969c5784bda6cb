package org.jitsi.nlj.rtp;

import org.jitsi.rtp.rtp.RtpPacket;

/** A video packet. */
public class VideoRtpPacket extends RtpPacket {

  protected VideoRtpPacket() {}

  public VideoRtpPacket(byte[] buffer, int offset, int length, int encodingId) {}

  public final native int getEncodingId();
}
