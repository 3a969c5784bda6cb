package io.github.jvbwhip.core.threads;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what others do, within bounds. Stateless. */
public final class Waits {
  private Waits() {}

  /**
   * Waits for that time at most.
   *
   * @return whether it was done well by then; a thread that is interrupted waits no longer, and
   *     stays interrupted
   */
  public static boolean within(Duration time, CompletableFuture<?> done) {
    try {
      done.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
