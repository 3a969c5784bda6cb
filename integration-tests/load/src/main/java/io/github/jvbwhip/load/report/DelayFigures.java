package io.github.jvbwhip.load.report;

import java.util.concurrent.TimeUnit;

/**
 * How long packets took from their sender, for the players of one event loop: in all, and since the
 * last look. In microseconds. Not thread-safe.
 */
public final class DelayFigures {
  private final Histogram all = new Histogram();
  private final Histogram recent = new Histogram();

  /** A packet took so long. */
  public void record(long micros) {
    all.record(micros);
    recent.record(micros);
  }

  public Histogram all() {
    return all;
  }

  /** Forgets all. */
  public void clear() {
    all.clear();
    recent.clear();
  }

  /** The median since the last call, in milliseconds. */
  public double takeRecentMedianMillis() {
    double median = recent.quantile(0.5) / (double) TimeUnit.MILLISECONDS.toMicros(1);
    recent.clear();
    return median;
  }
}
