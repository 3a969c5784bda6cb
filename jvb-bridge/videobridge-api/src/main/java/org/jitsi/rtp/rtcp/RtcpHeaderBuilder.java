package org.jitsi.rtp.rtcp;

/** The header of an RTCP packet to be built. */
public final class RtcpHeaderBuilder {

  public RtcpHeaderBuilder() {}
}
