package io.github.jvbwhip.http;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.session.IceUpdateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for an operation of a session, on a request's thread. */
public final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

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
      throw problem(e);
    }
  }

  private static ProblemException problem(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof ProblemException problem) {
      return problem;
    } else if (cause instanceof BridgeException bridge) {
      if (bridge.reason() == BridgeException.Reason.INTERNAL) {
        LOG.warn("The bridge failed", bridge);
      }
      return Problems.of(bridge);
    } else if (cause instanceof IceUpdateException update) {
      return Problems.of(update);
    } else if (cause instanceof NegotiationException negotiation) {
      return Problems.of(negotiation);
    }
    throw new IllegalStateException("a session's operation failed", cause);
  }

  private static ProblemException busy() {
    return ProblemException.retryable(
        ProblemType.BUSY,
        "The session has not finished earlier requests; try again.",
        Optional.of(Duration.ofSeconds(1)));
  }
}
