package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All sessions of one protocol: the live ones by their secret, the ended ones for a while as
 * tombstones. Thread-safe; the lock guards the maps only.
 *
 * @param <S> the protocol's kind of session
 */
public final class SessionRegistry<S extends Session<?>> implements AutoCloseable {
  private final SessionLimits limits;
  private final Clock clock;
  private final RandomGenerator random;
  private final Executor executor;

  private final Map<SessionSecret, S> live = new LinkedHashMap<>();
  private final Map<RoomName, Integer> perRoom = new HashMap<>();
  private final Map<String, Integer> perOwner = new HashMap<>();
  private final Set<SessionSecret> connecting = new HashSet<>();
  private final Map<ClientNetwork, Integer> perNetwork = new HashMap<>();
  private final Map<ClientNetwork, Integer> connectingPerNetwork = new HashMap<>();
  private final Map<StreamPlace, Set<S>> perStream = new HashMap<>();

  /** Of sessions that have ended, and whose endpoints are not freed yet. */
  private final Map<StreamPlace, Set<CompletableFuture<Void>>> leaving = new HashMap<>();

  private final Map<SessionSecret, Tombstone> tombstones = new LinkedHashMap<>();
  private boolean closed;

  /**
   * @param random cryptographically strong, and thread-safe
   * @param executor runs the sessions' operations; its threads may wait for the bridge
   */
  public SessionRegistry(
      SessionLimits limits, Clock clock, RandomGenerator random, Executor executor) {
    this.limits = limits;
    this.clock = clock;
    this.random = random;
    this.executor = executor;
  }

  /**
   * A new session, which counts from now on; when the bridge gives no endpoint, it is to be {@link
   * Session#end ended} with {@link SessionEndReason#NOT_OPENED}.
   *
   * @param kind makes it
   * @throws SessionLimitException when a bound is met
   */
  public S create(
      RoomName room,
      Optional<StreamName> stream,
      SessionOwner owner,
      Function<SessionOrigin, S> kind)
      throws SessionLimitException {
    S session =
        kind.apply(
            new SessionOrigin(
                room, stream, owner, clock, random, executor, this::arrive, this::bury));
    synchronized (live) {
      if (closed) {
        throw new SessionLimitException(SessionLimitException.Reason.CLOSED);
      }
      if (live.size() >= limits.maxSessions()) {
        throw new SessionLimitException(SessionLimitException.Reason.SERVER_FULL);
      }
      if (perRoom.getOrDefault(room, 0) >= limits.maxSessionsPerRoom()) {
        throw new SessionLimitException(SessionLimitException.Reason.ROOM_FULL);
      }
      int own = perOwner.getOrDefault(owner.identity(), 0);
      if (owner.maxSessions().isPresent() && own >= owner.maxSessions().getAsInt()) {
        throw new SessionLimitException(SessionLimitException.Reason.OWNER_FULL);
      }
      int newcomers = connectingPerNetwork.getOrDefault(owner.network(), 0);
      if (limits.maxConnecting() > 0 && newcomers >= limits.maxConnecting()) {
        throw new SessionLimitException(SessionLimitException.Reason.NETWORK_CONNECTING);
      }
      int near = perNetwork.getOrDefault(owner.network(), 0);
      if (limits.maxPerNetwork() > 0 && near >= limits.maxPerNetwork()) {
        throw new SessionLimitException(SessionLimitException.Reason.NETWORK_FULL);
      }
      live.put(session.secret(), session);
      connecting.add(session.secret());
      connectingPerNetwork.put(owner.network(), newcomers + 1);
      perNetwork.put(owner.network(), near + 1);
      perOwner.put(owner.identity(), own + 1);
      perRoom.merge(room, 1, Integer::sum);
      stream.ifPresent(
          name ->
              perStream
                  .computeIfAbsent(new StreamPlace(room, name), place -> new LinkedHashSet<>())
                  .add(session));
    }
    return session;
  }

  /** The live session of that secret. */
  public Optional<S> find(SessionSecret secret) {
    synchronized (live) {
      return Optional.ofNullable(live.get(secret));
    }
  }

  /** What is remembered of the ended session of that secret. */
  public Optional<Tombstone> findEnded(SessionSecret secret) {
    synchronized (live) {
      forgetOld();
      return Optional.ofNullable(tombstones.get(secret));
    }
  }

  /** The live session of that stream: of its publisher, or the oldest one that is pinned to it. */
  public Optional<S> ofStream(RoomName room, StreamName stream) {
    synchronized (live) {
      return perStream.getOrDefault(new StreamPlace(room, stream), Set.of()).stream().findFirst();
    }
  }

  /**
   * Completes when the endpoints of the sessions of that stream are freed that have ended by now;
   * does not wait for openings that were given up, as {@link Session#end}.
   */
  public CompletableFuture<Void> freed(RoomName room, StreamName stream) {
    synchronized (live) {
      return CompletableFuture.allOf(
          leaving
              .getOrDefault(new StreamPlace(room, stream), Set.of())
              .toArray(CompletableFuture<?>[]::new));
    }
  }

  /** The live sessions, oldest first. */
  public List<S> sessions() {
    synchronized (live) {
      return List.copyOf(live.values());
    }
  }

  /** How many sessions are live. */
  public int size() {
    synchronized (live) {
      return live.size();
    }
  }

  /** Ends all sessions with {@link SessionEndReason#SHUTDOWN}, and takes no further ones. */
  @Override
  public void close() {
    endAll("the server is shutting down");
  }

  /**
   * As {@link #close}.
   *
   * @return completes when all endpoints are freed
   */
  public CompletableFuture<Void> endAll(String detail) {
    synchronized (live) {
      closed = true;
    }
    return endLive(detail);
  }

  /** The same, but takes further ones. */
  public CompletableFuture<Void> endLive(String detail) {
    return CompletableFuture.allOf(
        sessions().stream()
            .map(session -> session.end(SessionEndReason.SHUTDOWN, detail))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** The session counts no longer as one that anybody can open without being there. */
  private void arrive(Session<?> session) {
    synchronized (live) {
      if (connecting.remove(session.secret())) {
        leave(connectingPerNetwork, session.owner().network());
      }
    }
  }

  private void bury(Session<?> session) {
    arrive(session);
    SessionEnd end = session.end().orElseThrow();
    CompletableFuture<Void> freed = session.end(end.reason(), end.detail()); // It has ended.
    synchronized (live) {
      if (live.remove(session.secret()) == null) {
        return;
      }
      leave(perRoom, session.room());
      leave(perOwner, session.owner().identity());
      leave(perNetwork, session.owner().network());
      session.stream()
          .map(name -> new StreamPlace(session.room(), name))
          .ifPresent(
              place -> {
                leave(place, session);
                leaving.computeIfAbsent(place, same -> new HashSet<>()).add(freed);
              });
      if (end.reason() != SessionEndReason.NOT_OPENED) {
        tombstones.put(session.secret(), new Tombstone(session.id(), end));
      }
      forgetOld();
    }
    session.stream()
        .ifPresent(
            name -> {
              var unused =
                  freed.thenRun(() -> hasLeft(new StreamPlace(session.room(), name), freed));
            });
  }

  private void hasLeft(StreamPlace place, CompletableFuture<Void> freed) {
    synchronized (live) {
      leaving.computeIfPresent(
          place,
          (same, others) -> {
            others.remove(freed);
            return others.isEmpty() ? null : others;
          });
    }
  }

  /** One less. */
  private static <K> void leave(Map<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }

  private void leave(StreamPlace place, Session<?> session) {
    perStream.computeIfPresent(
        place,
        (key, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }

  private void forgetOld() {
    Instant oldest = clock.instant().minus(limits.tombstoneTime());
    Iterator<Tombstone> all = tombstones.values().iterator();
    int surplus = tombstones.size() - limits.maxTombstones();
    while (all.hasNext()) {
      Tombstone tombstone = all.next();
      if (surplus <= 0 && tombstone.end().at().isAfter(oldest)) {
        return;
      }
      all.remove();
      surplus--;
    }
  }
}
