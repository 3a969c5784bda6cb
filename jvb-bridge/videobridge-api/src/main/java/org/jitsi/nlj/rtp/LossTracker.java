package org.jitsi.nlj.rtp;

/** Counts losses. */
public final class LossTracker {

  private LossTracker() {}

  /** The counters at one moment. */
  public static final class Snapshot {
    private Snapshot() {}

    public native long getPacketsLost();
  }
}
