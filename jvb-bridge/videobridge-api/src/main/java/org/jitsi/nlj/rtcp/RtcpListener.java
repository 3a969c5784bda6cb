package org.jitsi.nlj.rtcp;

import org.jitsi.rtp.rtcp.RtcpPacket;

/** Hears of an endpoint's RTCP. */
public interface RtcpListener {
  /** Called for what the bridge sends to the endpoint. */
  default void rtcpPacketSent(RtcpPacket packet) {}
}
