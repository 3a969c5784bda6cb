package io.github.jvbwhip.cluster;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where all is decided: one task after another, so that what they share needs no lock. Thread-safe;
 * tasks wait for nothing.
 */
interface Loop extends Executor {
  /** A monotonic clock. */
  long nanoTime();

  /** Does something later, unless it is cancelled. */
  Timer later(Duration time, Runnable task);

  /** What is to be done later. */
  @FunctionalInterface
  interface Timer {
    void cancel();
  }
}
