package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.CallingBridge;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What all calls to other servers share.
 *
 * @param serial runs all that is decided, one after another; nothing in it waits
 */
record EdgeTools(
    CallingBridge bridge,
    EdgeConfig config,
    EdgeClient client,
    SessionEvents events,
    Executor serial,
    ScheduledExecutorService scheduler,
    Clock clock,
    RandomGenerator random,
    HangUps hangUps) {

  /** Runs it later, in turn. */
  Future<?> later(Duration delay, Runnable task) {
    try {
      return scheduler.schedule(
          () -> serial.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return new FutureTask<>(task, null); // The server stops.
    }
  }

  /** For the {@code o=} line. */
  long sessionVersion() {
    return random.nextLong() >>> 1;
  }
}
