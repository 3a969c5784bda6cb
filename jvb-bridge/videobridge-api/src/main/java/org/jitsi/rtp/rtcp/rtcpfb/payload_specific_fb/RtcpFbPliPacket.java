package org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb;

/** A picture loss indication. */
public final class RtcpFbPliPacket extends PayloadSpecificRtcpFbPacket {

  private RtcpFbPliPacket() {}
}
