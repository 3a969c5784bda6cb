package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.RemoteEncodings;
import io.github.jvbwhip.edge.EdgeClient.Answer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encodings that an origin has of a video: each that is wanted here is brought by one session.
 * The session that is always there brings the largest, and another one where only others are
 * wanted; what is wanted beside that is brought by further sessions. Confined to the serial
 * executor.
 */
final class OriginLayers {
  private static final Logger LOG = LoggerFactory.getLogger(OriginLayers.class);
  private static final Duration SHORTEST = Duration.ofMillis(500);

  /** The largest last; by size where all are known. */
  private static final Comparator<LayerInfo> BY_SIZE =
      Comparator.comparingLong(
              (LayerInfo layer) -> (long) layer.width().orElse(0) * layer.height().orElse(0))
          .thenComparingLong(LayerInfo::bitrate);

  private final EdgeTools tools;
  private final OriginPlace place;
  private final IngestEndpoint endpoint;
  private final Function<Optional<String>, CompletableFuture<Answer>> selection;
  private final Map<String, KeptCall> sessions = new HashMap<>();

  /** When each was wanted last, and when it was by a further session. */
  private final Map<String, Long> wantedAt = new HashMap<>();

  private final Map<String, Long> neededAt = new HashMap<>();
  private List<LayerInfo> layers = List.of();
  private Set<String> wanted = Set.of();

  /** What the session that is always there was asked for; empty for the origin's own choice. */
  private Optional<String> selected = Optional.empty();

  /** What it is being asked for. */
  private @Nullable Optional<String> selecting;

  private @Nullable Future<?> next;
  private boolean closed;

  /**
   * @param endpoint of the session that is always there
   * @param selection asks for an encoding in that session, or for none
   */
  OriginLayers(
      EdgeTools tools,
      OriginPlace place,
      IngestEndpoint endpoint,
      Function<Optional<String>, CompletableFuture<Answer>> selection) {
    this.tools = tools;
    this.place = place;
    this.endpoint = endpoint;
    this.selection = selection;
  }

  /** The origin tells what it has: several encodings, or no choice. */
  void told(List<LayerInfo> now) {
    layers = now;
    offer();
    look();
  }

  private void offer() {
    endpoint.offer(
        new RemoteEncodings(
            layers, brought(), names -> tools.serial().execute(() -> wanted(names))));
  }

  private void wanted(Set<String> names) {
    wanted.forEach(name -> wantedAt.put(name, System.nanoTime()));
    wanted = names;
    look();
  }

  /** What the session that is always there brings. */
  private Optional<String> brought() {
    return selected.or(this::largest);
  }

  private Optional<String> largest() {
    return layers.stream()
        .filter(layer -> layer.bitrate() > 0)
        .max(BY_SIZE)
        .or(() -> layers.stream().max(BY_SIZE))
        .flatMap(LayerInfo::rid);
  }

  private boolean has(String name) {
    return layers.stream().anyMatch(layer -> layer.rid().equals(Optional.of(name)));
  }

  /** Opens what is missing, lets go what was not wanted for a while. */
  private void look() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    wanted.forEach(name -> wantedAt.put(name, now));
    long linger = tools.config().linger().toNanos();
    long wait = Math.min(move(now, linger), trim(now, linger));
    for (String name : wanted) {
      if (isNeeded(name)
          && !Optional.of(Optional.of(name)).equals(Optional.ofNullable(selecting))) {
        sessions.computeIfAbsent(name, this::open);
      }
    }
    if (next != null) {
      next.cancel(false);
      next = null;
    }
    if (wait < Long.MAX_VALUE) {
      Duration pause = Duration.ofNanos(Math.max(wait, SHORTEST.toNanos()));
      next = tools.later(pause, this::look);
    }
  }

  private boolean isNeeded(String name) {
    return wanted.contains(name) && has(name) && !brought().equals(Optional.of(name));
  }

  /**
   * Has the session that is always there bring what is wanted.
   *
   * @return after how many nanoseconds to look again
   */
  private long move(long now, long linger) {
    if (selecting != null) {
      return Long.MAX_VALUE;
    }
    if (selected.isPresent() && !has(selected.get())) {
      select(Optional.empty());
      return Long.MAX_VALUE;
    }
    Optional<String> best =
        layers.stream()
            .filter(layer -> wanted.contains(layer.rid().orElseThrow()))
            .max(BY_SIZE)
            .flatMap(LayerInfo::rid);
    Optional<String> brought = brought();
    if (best.isEmpty() || brought.isEmpty() || wanted.contains(brought.get())) {
      return Long.MAX_VALUE;
    }
    long left = linger - (now - wantedAt.getOrDefault(brought.get(), now - linger));
    if (left > 0) {
      return left;
    }
    select(best.equals(largest()) ? Optional.empty() : best);
    return linger;
  }

  private void select(Optional<String> name) {
    selecting = name;
    var unused =
        selection
            .apply(name)
            .whenComplete(
                (answer, failure) -> tools.serial().execute(() -> selected(name, answer, failure)));
  }

  private void selected(
      Optional<String> name, @Nullable Answer answer, @Nullable Throwable failure) {
    selecting = null;
    if (closed) {
      return;
    }
    if (answer != null && answer.status() / 100 == 2) {
      selected = name;
      offer();
    } else {
      LOG.debug("No choice of {}: {}", name, answer == null ? failure : answer.status());
    }
    look();
  }

  /**
   * Ends further sessions that nobody has wanted for so long.
   *
   * @return after how many nanoseconds to look again
   */
  private long trim(long now, long linger) {
    long wait = Long.MAX_VALUE;
    for (String name : List.copyOf(sessions.keySet())) {
      if (isNeeded(name)) {
        neededAt.put(name, now);
        continue;
      }
      long left = has(name) ? linger - (now - neededAt.getOrDefault(name, now - linger)) : 0;
      if (left > 0) {
        wait = Math.min(wait, left);
      } else {
        end(sessions.remove(name));
      }
    }
    return wait;
  }

  private static void end(@Nullable KeptCall session) {
    if (session != null) {
      session.close();
    }
  }

  private KeptCall open(String name) {
    neededAt.put(name, System.nanoTime());
    String what = place.room() + ", " + place.stream() + ", " + name;
    KeptCall call =
        new KeptCall(
            tools,
            "Fetching " + what + " from " + place.url().getHost(),
            (elsewhere, listener) -> new EncodingCall(tools, place, name, listener),
            () -> {});
    call.start();
    return call;
  }

  /** Ends all further sessions. */
  void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
    sessions.values().forEach(KeptCall::close);
    sessions.clear();
  }
}
