package org.jitsi.rtp.rtcp;

import org.jitsi.rtp.Packet;

/** An RTCP packet. */
public abstract class RtcpPacket extends Packet {

  protected RtcpPacket() {}
}
