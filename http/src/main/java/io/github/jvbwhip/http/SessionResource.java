package io.github.jvbwhip.http;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.core.session.Tombstone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's URL (RFC 9725 §4.2 and §4.3), the same for WHIP and WHEP: GET, PATCH and DELETE.
 *
 * @param <E> the kind of endpoint
 */
public final class SessionResource<E extends BridgeEndpoint> implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionResource.class);

  private final Optional<SessionSecret> secret;
  private final SessionRegistry<E> registry;
  private final Map<String, PatchHandler<E>> patches;

  /**
   * @param segment the path segment that holds the secret
   * @param patches by media type
   */
  public SessionResource(
      String segment, SessionRegistry<E> registry, Map<String, PatchHandler<E>> patches) {
    this.secret = SessionSecret.of(segment);
    this.registry = registry;
    this.patches = Map.copyOf(patches);
  }

  @Override
  public Access access() {
    return Access.CAPABILITY;
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
    Session<E> session = session(secret, registry);
    if (call.method().equals("PATCH")) {
      PatchHandler<E> handler = patches.get(call.mediaType().orElse(""));
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
    Optional<Session<E>> live = secret.flatMap(registry::find);
    if (live.isPresent()) {
      LOG.info("Session {}: deleted by its client", live.get().id());
      return live.get().end(SessionEndReason.DELETED, "DELETE").thenApply(freed -> Reply.of(200));
    }
    if (secret.flatMap(registry::findEnded).isPresent()) {
      return Reply.of(200).atOnce();
    }
    throw unknown();
  }

  /**
   * The live session of that secret.
   *
   * @param secret empty when the path segment cannot be one
   * @throws ProblemException 404, which says why the session ended where that is remembered
   */
  public static <E extends BridgeEndpoint> Session<E> session(
      Optional<SessionSecret> secret, SessionRegistry<E> registry) throws ProblemException {
    Optional<Session<E>> live = secret.flatMap(registry::find);
    if (live.isPresent()) {
      return live.get();
    }
    Optional<Tombstone> ended = secret.flatMap(registry::findEnded);
    if (ended.isPresent()) {
      throw new ProblemException(
          ProblemType.SESSION_ENDED, ended.get().end().reason().sentence() + " Start a new one.");
    }
    throw unknown();
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no such session, or it ended a while ago.");
  }
}
