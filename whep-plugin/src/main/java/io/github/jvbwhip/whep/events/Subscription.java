package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.http.sse.SseStream;
import io.github.jvbwhip.whep.events.RoomState.Publication;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One event stream of one player. What changes is confined to the event loop. */
final class Subscription {
  private final Player player;
  private final Set<EventType> types;
  private final boolean named;
  private final SseStream stream;
  private Map<MediaKind, List<Codec>> toldUnsupported = Map.of();

  /**
   * @param named false when the event's name goes into the data
   */
  Subscription(Player player, Set<EventType> types, boolean named, SseStream stream) {
    this.player = player;
    this.types = Set.copyOf(types);
    this.named = named;
    this.stream = stream;
  }

  Player player() {
    return player;
  }

  boolean wants(EventType type) {
    return types.contains(type);
  }

  void tell(Broadcast event) {
    if (wants(event.type())) {
      stream.send(named ? event.named() : event.unnamed());
    }
  }

  void tellLayers(LayersBroadcast layers) {
    player.videoIndex().ifPresent(index -> tell(layers.of(index)));
  }

  /** Tells when what cannot be taken of the publication has changed. */
  void tellUnsupported(Publication seen) {
    if (!wants(EventType.UNSUPPORTED)) {
      return;
    }
    Map<MediaKind, List<Codec>> unsupported = new EnumMap<>(MediaKind.class);
    unsupported.putAll(
        seen.codecs().stream().collect(Collectors.groupingBy(Codec::kind, Collectors.toList())));
    unsupported.values().removeIf(codecs -> codecs.stream().anyMatch(player::takes));
    if (!unsupported.equals(toldUnsupported)) {
      toldUnsupported = unsupported;
      tell(new Broadcast(EventType.UNSUPPORTED, EventData.unsupported(unsupported)));
    }
  }

  void tellStats() {
    player.stats().ifPresent(stats -> tell(new Broadcast(EventType.STATS, EventData.stats(stats))));
  }
}
