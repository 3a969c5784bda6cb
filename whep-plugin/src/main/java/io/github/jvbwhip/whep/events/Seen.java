package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomSnapshot;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.core.bridge.TrackSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * What one who watches sees of a room. Immutable.
 *
 * @param active whether there is an active publication (WHEP events document)
 * @param tracks what each track of the stream is published in; on the stage those of who is heard,
 *     and of who is seen
 * @param layers of each video track, largest first
 * @param speaker what people call whoever is on the stage
 * @param viewers connected players of the room; {@link #UNTOLD} before anything was told
 */
record Seen(
    boolean active,
    List<Track> tracks,
    List<List<LayerInfo>> layers,
    Optional<StreamName> stage,
    Optional<String> speaker,
    int viewers) {
  private static final int UNTOLD = -1;

  /** One track, and what it is published in. */
  record Track(MediaKind kind, List<Codec> codecs) {}

  /** What one knows who has heard nothing yet. */
  static final Seen NOTHING =
      new Seen(false, List.of(), List.of(), Optional.empty(), Optional.empty(), UNTOLD);

  /**
   * Looks at a room.
   *
   * @param pinned the stream that is watched; empty for the stage
   */
  static Seen of(RoomSnapshot room, Optional<StreamName> pinned) {
    Optional<StreamSnapshot> stream = room.watched(pinned);
    return new Seen(
        stream.map(s -> !s.active().isEmpty()).orElse(false),
        room.tracks(pinned).stream().map(track -> new Track(track.kind(), track.codecs())).toList(),
        stream.stream()
            .flatMap(s -> s.tracks(MediaKind.VIDEO).stream())
            .map(TrackSnapshot::layers)
            .toList(),
        room.stage(),
        room.watched(Optional.empty()).flatMap(StreamSnapshot::displayName),
        room.viewers());
  }

  /** This, with that which an event of that type tells as it is in the other one. */
  Seen withTold(EventType type, Seen now) {
    return switch (type) {
      case ACTIVE, INACTIVE -> new Seen(now.active, tracks, layers, stage, speaker, viewers);
      case UNSUPPORTED -> new Seen(active, now.tracks, layers, stage, speaker, viewers);
      case LAYERS -> new Seen(active, tracks, now.layers, stage, speaker, viewers);
      case SPEAKER -> new Seen(active, tracks, layers, now.stage, now.speaker, viewers);
      case VIEWERCOUNT -> new Seen(active, tracks, layers, stage, speaker, now.viewers);
      case RECONNECT, SCTE35, STATS -> this;
    };
  }
}
