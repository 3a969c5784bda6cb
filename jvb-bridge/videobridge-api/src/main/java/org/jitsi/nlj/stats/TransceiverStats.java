package org.jitsi.nlj.stats;

/** An endpoint's counters. */
public final class TransceiverStats {

  private TransceiverStats() {}

  public native EndpointConnectionStats.Snapshot getEndpointConnectionStats();

  public native RtpReceiverStats getRtpReceiverStats();

  public native PacketStreamStats.Snapshot getOutgoingPacketStreamStats();
}
