package io.github.jvbwhip.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds work in time. The timer's thread only decides: what follows from it must not block. */
final class Deadlines {
  private Deadlines() {}

  /**
   * Completes work exceptionally when it is not done in time; who does the work sees by that that
   * nobody waits any more.
   *
   * @param late makes the exception
   * @return the same work
   */
  static <T> CompletableFuture<T> bound(
      CompletableFuture<T> work,
      Duration limit,
      ScheduledExecutorService scheduler,
      Supplier<? extends Throwable> late) {
    if (!work.isDone()) {
      Future<?> timer =
          scheduler.schedule(
              () -> work.completeExceptionally(late.get()),
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      var unused = work.whenComplete((result, failure) -> timer.cancel(false));
    }
    return work;
  }
}
