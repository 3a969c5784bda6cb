package org.jitsi.nlj;

/** An encoding of a video source. */
public final class RtpEncodingDesc {

  private RtpEncodingDesc() {}

  public native long getPrimarySSRC();

  public native int getEid();
}
