package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One event that tells what is seen, for many players: encoded once for all to whom it says the
 * same. Not thread-safe.
 */
final class SeenBroadcast {
  private final EventType type;
  private final Seen seen;
  private final Map<Object, Broadcast> encoded = new HashMap<>();

  SeenBroadcast(EventType type, Seen seen) {
    this.type = type;
    this.seen = seen;
  }

  EventType type() {
    return type;
  }

  /** In that player's words; empty when it is nothing to it. */
  Optional<Broadcast> of(EventRecipient player) {
    return switch (type) {
      case ACTIVE, INACTIVE -> Optional.of(encode("", EventData.nothing()));
      case SPEAKER -> Optional.of(encode("", EventData.speaker(seen.stage())));
      case VIEWERCOUNT -> Optional.of(encode("", EventData.viewerCount(seen.viewers())));
      case LAYERS ->
          player.videoIndex().stream()
              .mapToObj(index -> encode(index, EventData.layers(index, seen.layers())))
              .findFirst();
      case UNSUPPORTED -> {
        Map<MediaKind, List<Codec>> unsupported = unsupported(player);
        yield Optional.of(encode(unsupported, EventData.unsupported(unsupported)));
      }
      case RECONNECT, SCTE35, STATS -> throw new IllegalStateException(type + " is nothing seen");
    };
  }

  private Broadcast encode(Object key, String data) {
    return encoded.computeIfAbsent(key, k -> new Broadcast(type, data));
  }

  /** The kinds that are published in no codec that the player takes. */
  private Map<MediaKind, List<Codec>> unsupported(EventRecipient player) {
    Map<MediaKind, List<Codec>> byKind = new EnumMap<>(MediaKind.class);
    byKind.putAll(
        seen.codecs().stream().collect(Collectors.groupingBy(Codec::kind, Collectors.toList())));
    byKind.values().removeIf(codecs -> codecs.stream().anyMatch(player::takes));
    return byKind;
  }
}
