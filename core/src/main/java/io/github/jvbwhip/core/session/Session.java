package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.AnswerOutline;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a POST creates (RFC 9725 §4.2), from the moment that the bridge is asked for an
 * endpoint to its end. A protocol extends it by what it keeps of its own sessions.
 *
 * <p>Thread-safe. Everything that talks to the endpoint runs on the session's serial executor, so
 * that overlapping requests are served one after another; state is read from anywhere. The lock
 * guards fields only: nothing is called under it.
 *
 * @param <E> the kind of endpoint
 */
public class Session<E extends BridgeEndpoint> {
  private final SessionId id;
  private final SessionSecret secret;
  private final RoomName room;
  private final Optional<StreamName> stream;
  private final SessionOwner owner;
  private final Clock clock;
  private final Consumer<Session<?>> connected;
  private final Consumer<Session<?>> ended;
  private final SerialExecutor serial;
  private final SessionIce ice;
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final CompletableFuture<Void> freed = new CompletableFuture<>();

  private final Object lock = new Object();
  private SessionState state = SessionState.OPENING;
  private boolean connectedEarly;
  private @Nullable Instant connectedAt;
  private @Nullable E endpoint;
  private @Nullable SessionEnd end;
  private List<Consumer<SessionEnd>> endListeners = new ArrayList<>();
  private List<Runnable> connectedListeners = new ArrayList<>();

  protected Session(SessionOrigin origin) {
    RandomGenerator random = origin.random();
    this.clock = origin.clock();
    this.connected = origin.connected();
    this.ended = origin.ended();
    this.id = SessionId.random(random);
    this.secret = SessionSecret.random(random);
    this.room = origin.room();
    this.stream = origin.stream();
    this.owner = origin.owner();
    this.ice = new SessionIce(random);
    this.serial =
        new SerialExecutor(
            origin.executor(), fault -> end(SessionEndReason.INTERNAL, fault.toString()));
  }

  public final SessionId id() {
    return id;
  }

  /** The capability; for the session's URL only. */
  public final SessionSecret secret() {
    return secret;
  }

  public final RoomName room() {
    return room;
  }

  /** The stream that is published, or that a player is pinned to. */
  public final Optional<StreamName> stream() {
    return stream;
  }

  /** Who opened it. */
  public final SessionOwner owner() {
    return owner;
  }

  public final SessionState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** How it ended, once it has. */
  public final Optional<SessionEnd> end() {
    synchronized (lock) {
      return Optional.ofNullable(end);
    }
  }

  /** The endpoint, once the bridge gave one; still there after the end, and harmless. */
  public final Optional<E> endpoint() {
    synchronized (lock) {
      return Optional.ofNullable(endpoint);
    }
  }

  /** Since when media can flow, or could until the end; empty where it never could. */
  public final Optional<Instant> connectedAt() {
    synchronized (lock) {
      return Optional.ofNullable(connectedAt);
    }
  }

  /** The tag of the current ICE session. */
  public final EntityTag entityTag() {
    return ice.entityTag();
  }

  /** What the bridge is given when the endpoint is opened. Only enqueues. */
  public final EndpointListener listener() {
    return new EndpointListener() {
      @Override
      public void connected() {
        serial.execute(Session.this::becomeConnected);
      }

      @Override
      public void ended(EndReason reason, String detail) {
        serial.execute(() -> end(SessionEndReason.of(reason), detail));
      }
    };
  }

  /**
   * Offer and answer are exchanged: the session is connecting.
   *
   * @param remote the client's credentials in its offer
   * @param outline of the plan: what an ICE restart is answered with
   * @throws BridgeException {@code ENDED} when the session ended meanwhile; the endpoint is freed
   *     then
   */
  public final void opened(E endpoint, IceCredentials remote, AnswerOutline outline)
      throws BridgeException {
    attach(endpoint, SessionState.CONNECTING, () -> ice.begin(remote, outline));
    tellConnected(serial);
  }

  /**
   * The server's offer is out and waits for its answer.
   *
   * @throws BridgeException as {@link #opened}
   */
  public final void offered(E endpoint) throws BridgeException {
    attach(endpoint, SessionState.OFFERED, () -> {});
  }

  /**
   * The player answered the server's offer, and the endpoint took it. Call on the session's
   * executor: from {@link #submit}.
   *
   * @throws BridgeException {@code ENDED} when the session ended meanwhile
   * @throws IllegalStateException when no answer was waited for
   */
  public final void answered(IceCredentials remote, AnswerOutline outline) throws BridgeException {
    synchronized (lock) {
      if (state == SessionState.ENDED) {
        throw gone();
      }
      become(SessionState.CONNECTING);
      ice.begin(remote, outline);
      if (connectedEarly) {
        become(SessionState.CONNECTED);
      }
    }
    ice.addEarly(endpoint().orElseThrow(), remote);
    tellConnected(Runnable::run);
  }

  /** The bridge gave no endpoint, and none will come. */
  public final void notOpened() {
    settled.complete(null);
    var unused = end(SessionEndReason.NOT_OPENED, "the bridge gave no endpoint");
  }

  private void attach(E opened, SessionState next, Runnable beginning) throws BridgeException {
    synchronized (lock) {
      if (state != SessionState.ENDED) {
        become(next);
        endpoint = opened;
        beginning.run();
        if (connectedEarly && next == SessionState.CONNECTING) {
          become(SessionState.CONNECTED);
        }
        settled.complete(null);
        return;
      }
    }
    opened.close();
    settled.complete(null);
    throw gone();
  }

  private void becomeConnected() {
    synchronized (lock) {
      if (state == SessionState.CONNECTING) {
        become(SessionState.CONNECTED);
      } else {
        connectedEarly = true;
      }
    }
    connected.accept(this);
    tellConnected(Runnable::run);
  }

  private void become(SessionState next) {
    if (!state.canBecome(next)) {
      throw new IllegalStateException("a session cannot go from " + state + " to " + next);
    }
    state = next;
    if (next == SessionState.CONNECTED) {
      connectedAt = clock.instant();
    }
  }

  /**
   * Trickle or restart, told apart by the credentials (RFC 9725 §4.3). Completes exceptionally with
   * {@link IceUpdateException}, or with {@link BridgeException} ({@code ENDED}, {@code
   * RESTART_REFUSED}); the session is kept then. What comes before the answer to the server's offer
   * is kept until then.
   *
   * @param strict whether {@code If-Match} has to be there, and be {@code *} for a restart
   */
  public final CompletableFuture<IceOutcome> updateIce(
      IfMatch ifMatch, IceUpdate update, boolean strict) {
    return submit(() -> ice.update(() -> endpoint().orElseThrow(), ifMatch, update, strict));
  }

  /**
   * Runs an operation after those before it. Completes exceptionally with what it throws, or with
   * {@link BridgeException} {@code ENDED} when the session has ended by then.
   */
  public final <T> CompletableFuture<T> submit(Callable<T> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    serial.execute(
        () -> {
          try {
            if (state() == SessionState.ENDED) {
              throw gone();
            }
            result.complete(operation.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Runs once when media can flow, on the session's executor; at once when it can or could. */
  public final void onConnected(Runnable listener) {
    synchronized (lock) {
      if (connectedAt == null) {
        if (state != SessionState.ENDED) {
          connectedListeners.add(listener);
        }
        return;
      }
    }
    serial.execute(listener);
  }

  /** Before whatever else waits, where this is the session's executor already. */
  private void tellConnected(Executor executor) {
    List<Runnable> told;
    synchronized (lock) {
      if (connectedAt == null) {
        return;
      }
      told = connectedListeners;
      connectedListeners = List.of();
    }
    told.forEach(executor::execute);
  }

  /** Runs once when the session ends, on its executor; at once when it has ended. */
  public final void onEnd(Consumer<SessionEnd> listener) {
    synchronized (lock) {
      if (end == null) {
        endListeners.add(listener);
        return;
      }
    }
    SessionEnd known = end().orElseThrow();
    serial.execute(() -> listener.accept(known));
  }

  /**
   * Ends the session; the first reason stays. Idempotent.
   *
   * @param detail for the log; no secrets
   * @return completes when the endpoint is freed, also one that is still to come, and those who
   *     wait for the end were told; does not wait for an opening that was given up ({@link
   *     SessionEndReason#NOT_OPENED}), whose endpoint the bridge frees by itself
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public final CompletableFuture<Void> end(SessionEndReason reason, String detail) {
    List<Consumer<SessionEnd>> told;
    SessionEnd ending;
    synchronized (lock) {
      if (state == SessionState.ENDED) {
        return freed;
      }
      become(SessionState.ENDED);
      ending = new SessionEnd(reason, detail, clock.instant());
      end = ending;
      told = endListeners;
      endListeners = List.of();
      if (connectedAt == null) { // Those who were connected are still to be told.
        connectedListeners = List.of();
      }
    }
    ended.accept(this);
    endpoint().ifPresent(e -> serial.execute(() -> free(e, reason)));
    told.forEach(listener -> serial.execute(() -> listener.accept(ending)));
    settled.thenRun(() -> serial.execute(() -> freed.complete(null)));
    return freed;
  }

  /** Frees the endpoint of a session that has ended. */
  protected void free(E freed, SessionEndReason reason) {
    freed.close();
  }

  private static BridgeException gone() {
    return new BridgeException(BridgeException.Reason.ENDED, "The session has ended.");
  }

  @Override
  public final String toString() {
    return "Session[" + id + "]";
  }
}
