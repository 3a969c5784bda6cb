package org.jitsi.rtp.rtcp.rtcpfb.payload_specific_fb;

import java.util.List;
import org.jitsi.rtp.rtcp.RtcpHeaderBuilder;

/** Makes a receiver's estimated maximum bitrate. */
public final class RtcpFbRembPacketBuilder {

  public RtcpFbRembPacketBuilder(RtcpHeaderBuilder rtcpHeader, List<Long> ssrcs, long brBps) {}

  public native RtcpFbRembPacket build();
}
