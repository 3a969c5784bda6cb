package org.jitsi.nlj.stats;

/** Counters of what came in. */
public final class RtpReceiverStats {

  private RtpReceiverStats() {}

  public native PacketStreamStats.Snapshot getPacketStreamStats();
}
