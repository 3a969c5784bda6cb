package org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb;

/** A receiver's estimated maximum bitrate. */
public final class RtcpFbRembPacket extends PayloadSpecificRtcpFbPacket {

  private RtcpFbRembPacket() {}
}
