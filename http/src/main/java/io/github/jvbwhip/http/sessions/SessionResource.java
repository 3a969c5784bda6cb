package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's URL (RFC 9725 §4.2 and §4.3), the same for WHIP and WHEP: GET, PATCH and DELETE.
 *
 * @param <S> the protocol's kind of session
 */
public final class SessionResource<S extends Session<?>> implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionResource.class);

  private final Action action;
  private final SessionFinder<S> finder;
  private final Map<String, PatchHandler<S>> patches;

  /**
   * @param action of who has opened it
   * @param patches by media type
   */
  public SessionResource(
      Action action, SessionFinder<S> finder, Map<String, PatchHandler<S>> patches) {
    this.action = action;
    this.finder = finder;
    this.patches = Map.copyOf(patches);
  }

  @Override
  public Access access() {
    return Access.bySecret(action);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of("GET"),
        Operation.taking("PATCH", patches.keySet().stream().sorted().toList()),
        Operation.of("DELETE"));
  }

  @Override
  public CompletableFuture<Reply> handle(Call call) throws ProblemException {
    if (call.method().equals("DELETE")) {
      return delete();
    }
    S session = finder.find();
    if (call.method().equals("PATCH")) {
      PatchHandler<S> handler = patches.get(call.mediaType().orElse(""));
      if (handler == null) {
        throw new IllegalStateException("the media type was checked before");
      }
      return handler.patch(call, session);
    }
    // There is no representation (RFC 9725 §4.1).
    return Reply.of(204).atOnce();
  }

  /** 200 also for a session that has ended already; If-Match is ignored (RFC 9725 §4.3.1). */
  private CompletableFuture<Reply> delete() throws ProblemException {
    Optional<S> live = finder.findLive();
    if (live.isPresent()) {
      LOG.info("Session {}: deleted by its client", live.get().id());
      return live.get().end(SessionEndReason.DELETED, "DELETE").thenApply(freed -> Reply.of(200));
    }
    if (finder.findEnded().isPresent()) {
      return Reply.of(200).atOnce();
    }
    throw SessionFinder.unknown();
  }
}
