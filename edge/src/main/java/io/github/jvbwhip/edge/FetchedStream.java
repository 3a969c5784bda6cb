package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room's stage, or one stream, that is fetched from an origin and published here. Confined to the
 * serial executor.
 */
final class FetchedStream {
  /**
   * When nothing has come for so long, the session is opened again. A circle of edges that closed
   * without being noticed, since its parts came about at the same time, is noticed so.
   */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private final EdgeTools tools;
  private final RoomName room;
  private final StreamName name;
  private final KeptCall call;
  private final CompletableFuture<Void> known = new CompletableFuture<>();
  private final Runnable pathChanged;
  private List<String> path = List.of();
  private @Nullable Future<?> look;

  /**
   * @param pinned what is watched; empty for the stage
   * @param name under which it is published here
   * @param via the edges for which it is fetched, at the time of asking
   * @param circular runs when the origin refuses it, since it would get it from those who ask
   * @param pathChanged runs when it comes another way
   */
  FetchedStream(
      EdgeTools tools,
      OriginConfig origin,
      RoomName room,
      Optional<StreamName> pinned,
      StreamName name,
      Supplier<List<String>> via,
      Runnable circular,
      Runnable pathChanged) {
    this.tools = tools;
    this.room = room;
    this.name = name;
    this.pathChanged = pathChanged;
    URI url = origin.url(room, pinned);
    String what =
        "Fetching " + room + pinned.map(one -> "/" + one).orElse("") + " from " + url.getHost();
    this.call =
        new KeptCall(
            tools,
            what,
            (elsewhere, listener) -> {
              comesBy(List.of());
              return new WhepCall(
                  tools,
                  new OriginPlace(
                      elsewhere.orElse(url),
                      Caller.of(url, origin.token(), via.get()),
                      origin.offer(),
                      room,
                      name),
                  this::comesBy,
                  circular,
                  listener);
            },
            this::look);
  }

  private void comesBy(List<String> edges) {
    path = edges;
    pathChanged.run();
  }

  void start() {
    look = tools.later(SILENCE, this::renewWhenSilent);
    call.start();
  }

  StreamName name() {
    return name;
  }

  /** The edges by which it comes, the next one first. */
  List<String> path() {
    return new ArrayList<>(path);
  }

  /** Completes when it is known what the origin has, or that it has nothing now. */
  CompletableFuture<Void> known() {
    return known;
  }

  /** Something is different in the room, or about the session. */
  void look() {
    if (isLive() || call.isPausing()) {
      known.complete(null);
    }
  }

  private boolean isLive() {
    return tools
        .bridge()
        .room(room)
        .flatMap(snapshot -> snapshot.stream(name))
        .map(StreamSnapshot::isLive)
        .orElse(false);
  }

  private void renewWhenSilent() {
    look = tools.later(SILENCE, this::renewWhenSilent);
    if (call.isConnected() && !isLive()) {
      call.renew();
    }
  }

  void close() {
    known.complete(null);
    if (look != null) {
      look.cancel(false);
    }
    call.close();
  }
}
