package io.github.jvbwhip.whep.events;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs short tasks one after another, now or later. What the event classes keep is confined to it.
 */
public interface EventLoop extends Executor {
  /** Runs the task once, after that time. */
  void schedule(Runnable task, Duration delay);

  /** A monotonic clock in nanoseconds. */
  long nanoTime();
}
