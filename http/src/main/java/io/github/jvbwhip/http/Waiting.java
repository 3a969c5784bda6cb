package io.github.jvbwhip.http;

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

  private static ProblemException busy() {
    return ProblemException.retryable(
        ProblemType.BUSY,
        "The session has not finished earlier requests; try again.",
        Optional.of(Duration.ofSeconds(1)));
  }
}
