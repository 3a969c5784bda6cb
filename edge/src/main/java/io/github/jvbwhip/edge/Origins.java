package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.BridgeException.Reason;
import io.github.jvbwhip.core.bridge.Pins;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.Visit;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is fetched from origins: one session for each stage or stream that somebody watches and
 * nobody publishes here. Confined to the serial executor, but for {@link #path}.
 */
final class Origins {
  private static final Logger LOG = LoggerFactory.getLogger(Origins.class);
  private static final Duration A_BIT_LATER = Duration.ofMillis(20);

  /** A stage or stream, and who wants it. */
  private static final class Wanted {
    final OriginConfig origin;
    final Askers askers = new Askers();
    int players;
    long until;

    /** Whether it is looked at later anyway. */
    boolean timed;

    @Nullable FetchedStream fetched;

    Wanted(OriginConfig origin) {
      this.origin = origin;
    }
  }

  private final EdgeTools tools;
  private final String self;
  private final Map<WatchedPlace, Wanted> wanted = new HashMap<>();
  private final Map<RoomName, List<String>> paths = new ConcurrentHashMap<>();
  private boolean full;
  private boolean closed;

  /**
   * @param self this edge's id
   */
  Origins(EdgeTools tools, String self) {
    this.tools = tools;
    this.self = self;
  }

  /** By which edges a room comes, this one first; empty where it does not. Thread-safe. */
  List<String> path(RoomName room) {
    return paths.getOrDefault(room, List.of());
  }

  /**
   * Somebody is about to watch.
   *
   * @param known completes when it is known what the origin has, or fails
   */
  void approach(Visit visit, CompletableFuture<Void> known) {
    WatchedPlace place = WatchedPlace.of(visit.room(), visit.stream());
    if (!wanted.containsKey(place) && (origin(place).isEmpty() || !hasRoom())) {
      known.complete(null);
      return;
    }
    if (isLoop(visit)) {
      known.completeExceptionally(
          new BridgeException(
              Reason.LOOP,
              "The origins of edges form a circle: "
                  + visit.room()
                  + " comes from"
                  + " the server that asks for it."));
      return;
    }
    Wanted want = want(place).orElseThrow();
    want.askers.add(visit.via());
    keep(place, want);
    evaluate(place, want);
    if (want.fetched == null) {
      known.complete(null);
    } else {
      var unused =
          want.fetched
              .known()
              .copy()
              .completeOnTimeout(null, tools.config().join().toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((done, failure) -> known.complete(null));
    }
  }

  private boolean isLoop(Visit visit) {
    return visit.via().contains(self)
        || path(visit.room()).stream().anyMatch(visit.via()::contains);
  }

  /** What is wanted there, from now on; empty where that is of no origin. */
  private Optional<Wanted> want(WatchedPlace place) {
    Optional<Wanted> want =
        Optional.ofNullable(wanted.get(place)).or(() -> origin(place).map(Wanted::new));
    want.ifPresent(of -> wanted.put(place, of));
    return want;
  }

  private Optional<OriginConfig> origin(WatchedPlace place) {
    return closed
        ? Optional.empty()
        : tools.config().origins().stream()
            .filter(origin -> origin.has(place.room(), place.stream()))
            .findFirst();
  }

  private boolean hasRoom() {
    boolean was = full;
    full =
        wanted.values().stream().filter(want -> want.fetched != null).count()
            >= tools.config().maxStreams();
    if (full && !was) {
      LOG.warn("As much is fetched from origins as may be (standalone.edge.max-streams)");
    }
    return !full;
  }

  /** For a while, and then it is looked at again. */
  private void keep(WatchedPlace place, Wanted want) {
    want.until = now() + tools.config().linger().plus(A_BIT_LATER).toNanos();
    lookThen(place, want);
  }

  /** One timer for all who come meanwhile. */
  private void lookThen(WatchedPlace place, Wanted want) {
    if (want.timed) {
      return;
    }
    want.timed = true;
    var unused =
        tools.later(
            Duration.ofNanos(want.until - now()).plus(A_BIT_LATER),
            () -> {
              want.timed = false;
              if (now() - want.until < 0) {
                lookThen(place, want);
              } else {
                look(place);
              }
            });
  }

  private static long now() {
    return System.nanoTime();
  }

  /** A player is there; what it wants is fetched when there is room. */
  void entered(WatchedPlace place) {
    boolean known = wanted.containsKey(place);
    want(place)
        .ifPresent(
            want -> {
              if (!known) { // There was no room when it asked.
                want.askers.add(List.of());
              }
              want.players++;
              evaluate(place, want);
            });
  }

  /** A player that had entered is gone. */
  void left(WatchedPlace place) {
    Wanted want = wanted.get(place);
    if (want != null && want.players > 0) {
      want.players--;
      if (want.players == 0) {
        keep(place, want);
      }
    }
  }

  /** Makes place for somebody who publishes here. */
  void giveWay(RoomName room, StreamName stream) {
    wanted.forEach(
        (place, want) -> {
          if (place.room().equals(room) && place.name().equals(stream)) {
            letGo(want);
          }
        });
  }

  /** Whether that is fetched, and not published here. */
  boolean isFetched(RoomName room, StreamName stream) {
    return wanted.entrySet().stream()
        .anyMatch(
            each ->
                each.getValue().fetched != null
                    && each.getKey().room().equals(room)
                    && each.getKey().name().equals(stream));
  }

  /** Something is different in some room. */
  void look() {
    List.copyOf(wanted.keySet()).forEach(this::look);
  }

  private void look(WatchedPlace place) {
    Wanted want = wanted.get(place);
    if (want != null) {
      evaluate(place, want);
      if (want.fetched != null) {
        want.fetched.look();
      }
    }
  }

  private void evaluate(WatchedPlace place, Wanted want) {
    boolean watched = want.players > 0 || now() - want.until < 0;
    boolean needed = watched && !closed && !isPublishedHere(place);
    if (needed && want.fetched == null && hasRoom()) {
      FetchedStream fetched =
          new FetchedStream(
              tools,
              want.origin,
              place.room(),
              place.stream(),
              place.name(),
              () -> via(want),
              want.askers::refused,
              () -> tellPath(place.room()));
      want.fetched = fetched;
      fetched.start();
    } else if (!needed) {
      letGo(want);
    }
    if (!watched) {
      wanted.remove(place);
    }
    tellPath(place.room());
  }

  private List<String> via(Wanted want) {
    List<String> via = want.askers.named();
    via.add(self);
    return via;
  }

  private void letGo(Wanted want) {
    FetchedStream fetched = want.fetched;
    want.fetched = null;
    if (fetched != null) {
      fetched.close();
      if (full) {
        tools.serial().execute(this::look); // Somebody may have waited for its room.
      }
    }
  }

  private boolean isPublishedHere(WatchedPlace place) {
    List<StreamSnapshot> own =
        tools.bridge().room(place.room()).map(RoomSnapshot::streams).orElse(List.of()).stream()
            .filter(stream -> !isFetched(place.room(), stream.name()))
            .toList();
    return place.stream().isPresent()
        ? Pins.find(own, place.stream().get()).isPresent()
        : !own.isEmpty();
  }

  private void tellPath(RoomName room) {
    Set<String> edges = new LinkedHashSet<>();
    wanted.forEach(
        (place, want) -> {
          if (want.fetched != null && place.room().equals(room)) {
            edges.add(self);
            edges.addAll(want.fetched.path());
          }
        });
    if (edges.isEmpty()) {
      paths.remove(room);
    } else {
      paths.put(room, List.copyOf(edges));
    }
  }

  /** Lets everything go. */
  void close() {
    closed = true;
    wanted.values().forEach(this::letGo);
    wanted.clear();
    paths.clear();
  }
}
