package io.github.jvbwhip.http;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an operation of a session, on a request's thread. */
public final class Waiting {
  private Waiting() {}

  /**
   * The operation's result.
   *
   * @throws ProblemException what the operation threw, as a problem; 503 when it takes too long,
   *     and then it may still happen
   */
  public static <T> T await(CompletableFuture<T> operation, Duration limit)
      throws ProblemException {
    try {
      return operation.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw busy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } catch (ExecutionException e) {
      Throwable cause = Problems.cause(e);
      throw Problems.of(cause)
          .orElseThrow(() -> new IllegalStateException("a session's operation failed", cause));
    }
  }

  /**
   * The endpoint that the bridge opens. When that takes too long, the opening is given up: the
   * bridge frees what it allocates.
   *
   * @throws BridgeException as the bridge says; {@code TIMED_OUT} when it takes too long
   */
  public static <E extends BridgeEndpoint> E opened(CompletableFuture<E> opening, Duration limit)
      throws BridgeException {
    try {
      return opening.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      BridgeException late =
          new BridgeException(
              BridgeException.Reason.TIMED_OUT, "The bridge did not answer in time.");
      if (!opening.completeExceptionally(late) && !opening.isCompletedExceptionally()) {
        opening.join().close();
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw late;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BridgeException refused) {
        throw refused;
      }
      throw new IllegalStateException("the bridge failed", e.getCause());
    }
  }

  private static ProblemException busy() {
    return ProblemException.retryable(
        ProblemType.BUSY,
        "The session has not finished earlier requests; try again.",
        Optional.of(Duration.ofSeconds(1)));
  }
}
