package io.github.jvbwhip.http;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.session.Session;
import java.util.concurrent.CompletableFuture;

/**
 * Serves a PATCH of one media type.
 *
 * @param <E> the kind of endpoint
 */
@FunctionalInterface
public interface PatchHandler<E extends BridgeEndpoint> {
  /**
   * @param session live when it was looked up; it may end any time
   * @return as {@link Resource#handle}
   */
  CompletableFuture<Reply> patch(Call call, Session<E> session) throws ProblemException;
}
