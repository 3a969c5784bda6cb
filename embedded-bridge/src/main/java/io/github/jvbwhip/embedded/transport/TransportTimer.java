package io.github.jvbwhip.embedded.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One thing of a transport that is to happen later, or again and again. Guarded by its owner. */
final class TransportTimer {
  private final MediaThreads threads;
  private @Nullable ScheduledFuture<?> task;

  TransportTimer(MediaThreads threads) {
    this.threads = threads;
  }

  /** Does this once then, instead of what was to be done before. */
  void after(Duration delay, Runnable action) {
    cancel();
    task = threads.after(delay, action);
  }

  /** Does this each time that much has passed, instead of what was to be done before. */
  void every(Duration period, Runnable action) {
    cancel();
    task = threads.every(period, action);
  }

  void cancel() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }
}
