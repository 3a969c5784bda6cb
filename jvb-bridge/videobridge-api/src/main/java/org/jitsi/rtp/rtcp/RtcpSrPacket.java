package org.jitsi.rtp.rtcp;

/** A sender report. */
public final class RtcpSrPacket extends RtcpPacket {

  private RtcpSrPacket() {}
}
