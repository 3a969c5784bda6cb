package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
      case SPEAKER -> Optional.of(encode("", EventData.speaker(seen.stage(), seen.speaker())));
      case VIEWERCOUNT -> Optional.of(encode("", EventData.viewerCount(seen.viewers())));
      case LAYERS -> {
        List<Integer> indexes = player.videoIndexes();
        yield indexes.isEmpty()
            ? Optional.empty()
            : Optional.of(encode(indexes, EventData.layers(indexes, seen.layers())));
      }
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

  /**
   * Of the tracks that the player can show, those in no codec that it takes where it shows them.
   * One without any section of a kind is told of the first track, which it misses.
   */
  private Map<MediaKind, List<Codec>> unsupported(EventRecipient player) {
    Map<MediaKind, List<Codec>> byKind = new EnumMap<>(MediaKind.class);
    for (MediaKind kind : MediaKind.values()) {
      List<Seen.Track> tracks =
          seen.tracks().stream()
              .filter(track -> track.kind() == kind)
              .limit(Math.max(1, player.shown(kind)))
              .toList();
      List<Codec> codecs = new ArrayList<>();
      for (int i = 0; i < tracks.size(); i++) {
        List<Codec> published = tracks.get(i).codecs();
        int track = i;
        if (published.stream().noneMatch(codec -> player.takes(codec, track))) {
          codecs.addAll(published);
        }
      }
      if (!codecs.isEmpty()) {
        byKind.put(kind, codecs);
      }
    }
    return byKind;
  }
}
