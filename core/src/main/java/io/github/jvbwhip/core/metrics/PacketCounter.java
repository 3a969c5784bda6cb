package io.github.jvbwhip.core.metrics;

import java.util.Map;

/**
 * Counts what becomes of a stream's packets: an addition for each. One thread at a time counts;
 * what another one reads meanwhile is approximate.
 */
public final class PacketCounter {
  private static final DropReason[] REASONS = DropReason.values();

  private final long[] dropped = new long[REASONS.length];
  private long rewritten;

  /** A packet went on. */
  public void rewritten() {
    rewritten++;
  }

  /** A packet did not go on. */
  public void dropped(DropReason reason) {
    dropped[reason.ordinal()]++;
  }

  /** What became of the packets so far. */
  public PacketTotals totals() {
    PacketTotals totals = new PacketTotals(rewritten, Map.of());
    for (DropReason reason : REASONS) {
      totals = totals.plus(reason, dropped[reason.ordinal()]);
    }
    return totals;
  }
}
