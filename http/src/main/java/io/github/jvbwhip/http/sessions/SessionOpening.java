package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.bridge.Bridge;
import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionLimitException;
import io.github.jvbwhip.core.session.SessionOrigin;
import io.github.jvbwhip.core.session.SessionOwner;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.http.access.Principal;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Header;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.limits.RateLimiter;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.http.problems.Problems;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import io.github.jvbwhip.http.runtime.SessionListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a POST to an endpoint does beside its descriptions, the same for both protocols: whether a
 * session is taken at all, the session, its endpoint, and that nothing stays of either when that
 * fails or comes too late. Thread-safe; nothing waits.
 *
 * @param <E> the kind of endpoint
 * @param <S> the protocol's kind of session
 */
public final class SessionOpening<E extends BridgeEndpoint, S extends Session<E>> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionOpening.class);

  /** When to try again what ended while it was opened. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * What one POST asks for.
   *
   * @param <E> the kind of endpoint
   * @param <S> the protocol's kind of session
   */
  public interface Request<E extends BridgeEndpoint, S extends Session<E>> {
    /** A session of the protocol's kind. */
    S session(SessionOrigin origin);

    /** Asks the bridge. */
    CompletableFuture<E> endpoint(EndpointListener listener);

    /** Attaches the endpoint to its session. */
    void attach(S session, E endpoint) throws BridgeException;

    /** The answer, with everything that the client needs. */
    Reply reply(S session, E endpoint);

    /** Whose session it is. */
    Protocol protocol();

    /** The encoding names of the codecs that were negotiated, or are offered. */
    List<String> codecs();
  }

  private final Bridge bridge;
  private final HttpConfig config;
  private final SessionRegistry<S> sessions;
  private final Executor executor;
  private final Lifetime lifetime;
  private final RateLimiter<RoomName> rate;
  private final Redirects redirects;
  private final Locations locations;
  private final IceServerLinks iceServers;
  private final Clock clock;
  private final SessionListener listener;

  public SessionOpening(
      Bridge bridge, HttpConfig config, SessionRegistry<S> sessions, ServerRuntime runtime) {
    this.bridge = bridge;
    this.config = config;
    this.sessions = sessions;
    this.executor = runtime.executor();
    this.lifetime = new Lifetime(config.maxSessionTime(), runtime);
    this.rate = RateLimiter.ofRooms(config.rateLimit(), runtime.clock());
    this.redirects = new Redirects(config.redirect());
    this.locations = new Locations(config);
    this.iceServers = new IceServerLinks(config.iceServers(), runtime.clock());
    this.clock = runtime.clock();
    this.listener = runtime.sessions();
  }

  /** What OPTIONS tells of an endpoint. */
  public List<Header> optionsHeaders(Call call) {
    return config.iceServersOnOptions() ? iceServers.headers(call.principal().name()) : List.of();
  }

  /**
   * Where the session is to be opened instead, if not here.
   *
   * @param path of the endpoint below the mount point
   * @param taken how many of the sessions that there may be are taken
   */
  public Optional<Reply> elsewhere(Call call, RoomName room, String path, int taken) {
    return Redirects.redirect(call, path)
        .or(() -> redirects.redirect(call, room, path, bridge.availability(), isFull(taken)));
  }

  /**
   * Whether there is no place for it here.
   *
   * @param taken how many of the sessions that there may be are taken
   */
  public Approaches.Shortage shortage(int taken) {
    return new Approaches.Shortage(bridge.availability().refusal(), isFull(taken));
  }

  private boolean isFull(int taken) {
    return taken >= config.limits().maxSessions();
  }

  /**
   * Counts a POST that is good so far, before anybody is disturbed by it.
   *
   * @throws ProblemException 429 when the room has too many
   */
  public void count(RoomName room) throws ProblemException {
    rate.check(room);
  }

  /** The head of the answer that tells a client its session. */
  public Reply opened(Call call, S session, int status) {
    return Reply.of(status)
        .with("Location", locations.session(call, session.secret(), ""))
        .with("ETag", session.entityTag().headerValue())
        .withAll(iceServers.headers(session.id().value()));
  }

  /**
   * Opens a session.
   *
   * @param before has to be done first
   * @return completing it exceptionally gives the opening up, and nothing stays allocated
   */
  public CompletableFuture<Reply> open(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      CompletableFuture<Void> before,
      Request<E, S> request) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    var unused =
        before.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                reply.completeExceptionally(failure);
              } else if (!reply.isDone()) {
                start(call, room, stream, request, reply);
              }
            });
    return reply;
  }

  private void start(
      Call call,
      RoomName room,
      Optional<StreamName> stream,
      Request<E, S> request,
      CompletableFuture<Reply> reply) {
    S session;
    try {
      session = sessions.create(room, stream, owner(call), request::session);
    } catch (SessionLimitException | RuntimeException | Error e) {
      reply.completeExceptionally(e);
      return;
    }
    CompletableFuture<E> opening = endpoint(request, session);
    // The session does not keep the answer, once there is one.
    AtomicReference<@Nullable CompletableFuture<Reply>> unanswered = new AtomicReference<>(reply);
    session.onEnd(
        end -> {
          CompletableFuture<Reply> waiting = unanswered.get();
          if (waiting != null && end.reason() != SessionEndReason.NOT_OPENED) {
            // Its endpoint is waited for: whoever takes the stream over needs it freed.
            waiting.completeExceptionally(again(problem(end)));
          }
        });
    var unused =
        reply.whenComplete(
            (done, failure) -> {
              unanswered.set(null);
              if (failure != null) {
                // Nobody learns the session's URL: it goes, and so does what is still allocated.
                session.end(SessionEndReason.NOT_OPENED, "nobody learns its URL");
                if (session.end().orElseThrow().reason() == SessionEndReason.NOT_OPENED) {
                  opening.cancel(false);
                }
              }
            });
    var alsoUnused =
        opening.whenComplete(
            (endpoint, failure) ->
                execute(
                    () -> {
                      if (failure == null) {
                        settle(call, request, session, endpoint, reply);
                      } else {
                        refuse(call, session, Problems.cause(failure), reply);
                      }
                    }));
  }

  /** The bridge's own threads only say that the endpoint is there, unless there are no others. */
  private void execute(Runnable task) {
    try {
      executor.execute(task);
    } catch (RuntimeException | Error e) {
      task.run();
    }
  }

  private static SessionOwner owner(Call call) {
    Principal principal = call.principal();
    return new SessionOwner(
        principal.identity(),
        principal.limits().sessions(),
        Network.ofClient(call.remoteAddress()));
  }

  private CompletableFuture<E> endpoint(Request<E, S> request, S session) {
    try {
      return request.endpoint(session.listener());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void settle(
      Call call, Request<E, S> request, S session, E endpoint, CompletableFuture<Reply> reply) {
    try {
      request.attach(session, endpoint);
      lifetime.end(session, call.principal().limits().until());
      tell(call, request, session);
      reply.complete(request.reply(session, endpoint));
    } catch (BridgeException | RuntimeException | Error e) {
      try {
        endpoint.close();
      } finally {
        refuse(call, session, e, reply);
      }
    }
  }

  /** A fault of those who only listen costs nobody a session. */
  private void tell(Call call, Request<E, S> request, S session) {
    OpenedSession.Client client =
        new OpenedSession.Client(
            call.remoteAddress(),
            call.principal().name(),
            String.join(" ", call.headers("User-Agent")));
    try {
      listener.opened(
          new OpenedSession(
              request.protocol(), session, client, request.codecs(), clock.instant()));
    } catch (RuntimeException | Error e) {
      LOG.error("Session {}: not everybody was told of it", session.id(), e);
    }
  }

  private void refuse(Call call, S session, Throwable failure, CompletableFuture<Reply> reply) {
    LOG.info("{} was not opened: {}", where(session), described(failure));
    Throwable problem = session.end().map(SessionOpening::problem).orElse(failure);
    session.notOpened();
    Redirects.redirect(call, "/" + where(session), problem)
        .ifPresentOrElse(reply::complete, () -> reply.completeExceptionally(again(problem)));
  }

  /** What ended while it was opened is no session that the client knows: it is to come again. */
  private static Throwable again(Throwable problem) {
    return problem instanceof BridgeException ended
            && ended.reason() == BridgeException.Reason.ENDED
        ? new BridgeException(
            BridgeException.Reason.OVERLOADED,
            String.valueOf(ended.getMessage()),
            Optional.of(AGAIN),
            ended)
        : problem;
  }

  /** Faults are logged with their traces where the answer is made. */
  private static String described(Throwable failure) {
    if (failure instanceof CancellationException) {
      return "nobody waits for it any more";
    }
    return failure instanceof BridgeException refused
        ? refused.reason() + " (" + refused.getMessage() + ")"
        : failure.toString();
  }

  private static String where(Session<?> session) {
    return session.room() + session.stream().map(stream -> "/" + stream).orElse("");
  }

  /** What ended a session before it was opened. */
  private static Throwable problem(SessionEnd end) {
    return switch (end.reason()) {
      case REPLACED ->
          new ProblemException(
              ProblemType.STREAM_IN_USE, "Another publisher took over the stream meanwhile.");
      case SHUTDOWN ->
          new BridgeException(BridgeException.Reason.DRAINING, "The server is shutting down.");
      default -> new BridgeException(BridgeException.Reason.ENDED, end.reason().sentence());
    };
  }
}
