package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;

/**
 * What the metrics are told of one session. Of one that was given up before it was open they hear
 * nothing. Thread-safe; its lock is a leaf.
 */
final class SessionTally {
  private final SessionMetrics metrics;
  private final SessionMetrics.Kind kind;
  private final long begun;
  private long openSince;
  private boolean open;
  private boolean over;
  private PacketTotals counted = PacketTotals.NONE;

  /**
   * @param begun when the session was asked for, by {@link System#nanoTime}
   */
  SessionTally(SessionMetrics metrics, SessionMetrics.Kind kind, long begun) {
    this.metrics = metrics;
    this.kind = kind;
    this.begun = begun;
    openSince = begun;
  }

  SessionMetrics.Kind kind() {
    return kind;
  }

  /** It is open. */
  synchronized void opened(long now) {
    if (!over) {
      open = true;
      openSince = now;
      metrics.opened(kind, now - begun);
    }
  }

  /** Its ICE and DTLS are up. */
  synchronized void connected(long now) {
    if (!over) {
      metrics.connected(now - openSince);
    }
  }

  /** What has become of its packets since the call before. */
  synchronized void packets(PacketTotals now) {
    metrics.packets(kind, now.since(counted));
    counted = now;
  }

  /** It has ended. */
  synchronized void ended(String reason) {
    if (open && !over) {
      metrics.ended(kind, reason);
    }
    over = true;
  }
}
