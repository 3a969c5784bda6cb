package org.jitsi.nlj.stats;

import org.jitsi.nlj.rtp.LossTracker;

/** Round-trip time and loss. */
public final class EndpointConnectionStats {

  private EndpointConnectionStats() {}

  /** The values at one moment. */
  public static final class Snapshot {
    private Snapshot() {}

    public native double getRtt();

    public native LossTracker.Snapshot getIncomingLossStats();

    public native LossTracker.Snapshot getOutgoingLossStats();
  }
}
