package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.edge.EdgeClient.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is published here and published elsewhere too, as long as it is published here. Confined to
 * the serial executor.
 */
final class Forwards {
  /** So long what has begun to come is waited for, to offer what really comes. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private static final int MOST_WAYS = 1024;

  private record Key(ForwardConfig to, StreamPlace place) {}

  private final EdgeTools tools;
  private final String self;
  private final Origins origins;
  private final Map<Key, KeptCall> calls = new HashMap<>();
  private final Map<StreamPlace, Long> seen = new HashMap<>();

  /** By which edges what is published has come. */
  private final Map<StreamPlace, List<String>> ways = BoundedMap.forgettingTheOldest(MOST_WAYS);

  private boolean closed;

  /**
   * @param self this edge's id
   * @param origins which know what is only fetched
   */
  Forwards(EdgeTools tools, String self, Origins origins) {
    this.tools = tools;
    this.self = self;
    this.origins = origins;
  }

  /**
   * Somebody is about to publish.
   *
   * @param via the edges that do it
   * @return whether it may; not what has been here already
   */
  boolean approach(RoomName room, Optional<StreamName> stream, List<String> via) {
    if (via.contains(self)) {
      return false;
    }
    StreamPlace place = new StreamPlace(room, stream.orElse(StreamName.DEFAULT));
    if (via.isEmpty()) {
      ways.remove(place);
    } else {
      ways.put(place, via);
    }
    return true;
  }

  /** Something is different in some room. */
  void look() {
    if (closed || tools.config().forwards().isEmpty()) {
      return;
    }
    Map<StreamPlace, StreamSnapshot> published = new HashMap<>();
    for (RoomSnapshot room : tools.bridge().rooms()) {
      for (StreamSnapshot stream : room.streams()) {
        if (!origins.isFetched(room.name(), stream.name())) {
          published.put(new StreamPlace(room.name(), stream.name()), stream);
        }
      }
    }
    Set<Key> gone = new HashSet<>(calls.keySet());
    gone.removeIf(key -> published.containsKey(key.place()));
    gone.forEach(
        key -> {
          KeptCall call = calls.remove(key);
          if (call != null) {
            call.close();
          }
        });
    seen.keySet().retainAll(published.keySet());
    published.forEach(this::forward);
  }

  private void forward(StreamPlace place, StreamSnapshot stream) {
    long now = tools.clock().millis();
    Long first = seen.get(place);
    if (first == null) {
      seen.put(place, now);
      var unused = tools.later(SETTLING.plusMillis(1), this::look);
    }
    boolean settled = first != null && now - first >= SETTLING.toMillis();
    if (!settled && !stream.tracks().stream().allMatch(TrackSnapshot::active)) {
      return;
    }
    for (ForwardConfig to : tools.config().forwards()) {
      if (to.streams().matches(Optional.of(place.room()), Optional.of(place.stream()))) {
        calls.computeIfAbsent(new Key(to, place), this::begin);
      }
    }
  }

  private KeptCall begin(Key key) {
    StreamPlace place = key.place();
    URI url = key.to().whip().url(place.room(), place.stream());
    KeptCall call =
        new KeptCall(
            tools,
            "Forwarding " + place.room() + "/" + place.stream() + " to " + url.getHost(),
            (elsewhere, listener) ->
                new WhipCall(
                    tools,
                    elsewhere.orElse(url),
                    Caller.of(url, key.to().token(), via(place)),
                    place,
                    codecs(place),
                    listener),
            () -> {});
    tools.serial().execute(call::start);
    return call;
  }

  private List<Codec> codecs(StreamPlace place) {
    return tools
        .bridge()
        .room(place.room())
        .flatMap(room -> room.stream(place.stream()))
        .map(StreamSnapshot::codecs)
        .orElse(List.of());
  }

  private List<String> via(StreamPlace place) {
    List<String> via = new ArrayList<>(ways.getOrDefault(place, List.of()));
    via.add(self);
    return via;
  }

  /** Lets everything go. */
  void close() {
    closed = true;
    calls.values().forEach(KeptCall::close);
    calls.clear();
  }
}
