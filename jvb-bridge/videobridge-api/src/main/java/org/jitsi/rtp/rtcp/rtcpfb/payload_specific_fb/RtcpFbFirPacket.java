package org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb;

/** A full intra request. */
public final class RtcpFbFirPacket extends PayloadSpecificRtcpFbPacket {

  private RtcpFbFirPacket() {}

  public native long getMediaSenderSsrc();

  public native void setMediaSenderSsrc(long ssrc);
}
