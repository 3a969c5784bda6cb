package org.jitsi.nlj.stats;

/** Counters of a packet stream. */
public class PacketStreamStats {

  private PacketStreamStats() {}

  /** The counters at one moment. */
  public static final class Snapshot {
    private Snapshot() {}

    public native long getBytes();

    public native long getPackets();
  }
}
