package io.github.jvbwhip.http.exchange;

import io.github.jvbwhip.core.threads.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Bounds work in time. The timer's thread only decides: what follows from it must not block. */
public final class Deadlines {
  private Deadlines() {}

  /**
   * Completes work exceptionally when it is not done in time; who does the work sees by that that
   * nobody waits any more.
   *
   * @param late makes the exception
   * @return what comes of the work: when it is late, after all that follows from that
   */
  public static <T> CompletableFuture<T> bound(
      CompletableFuture<T> work,
      Duration limit,
      ScheduledExecutorService scheduler,
      Supplier<? extends Throwable> late) {
    if (work.isDone()) {
      return work;
    }
    CompletableFuture<T> bounded = new CompletableFuture<>();
    AtomicBoolean over = new AtomicBoolean();
    Future<?> timer =
        scheduler.schedule(
            () -> {
              over.set(true);
              work.completeExceptionally(late.get());
              Futures.pass(work, bounded);
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    var unused =
        work.whenComplete(
            (result, failure) -> {
              timer.cancel(false);
              if (!over.get()) {
                Futures.pass(work, bounded);
              }
            });
    return bounded;
  }
}
