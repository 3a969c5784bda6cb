package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.Resource;
import java.util.concurrent.CompletableFuture;

/**
 * Serves a PATCH of one media type.
 *
 * @param <S> the protocol's kind of session
 */
@FunctionalInterface
public interface PatchHandler<S extends Session<?>> {
  /**
   * @param session live when it was looked up; it may end any time
   * @return as {@link Resource#handle}
   */
  CompletableFuture<Reply> patch(Call call, S session) throws ProblemException;
}
