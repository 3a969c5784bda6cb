package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomEvent;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A room as its events tell it. Immutable; an event makes a new one.
 *
 * @param stage the stream on the stage
 * @param viewers connected players
 */
record RoomState(Map<StreamName, Stream> streams, Optional<StreamName> stage, int viewers) {
  /** Nothing has been told yet. */
  static final RoomState EMPTY = new RoomState(Map.of(), Optional.empty(), 0);

  /**
   * A publisher.
   *
   * @param active the kinds of which media is coming in
   */
  record Stream(List<Codec> codecs, Set<MediaKind> active, List<LayerInfo> layers) {
    Stream {
      codecs = List.copyOf(codecs);
      active = Set.copyOf(active);
      layers = List.copyOf(layers);
    }

    private Stream withActive(MediaKind kind, boolean on) {
      Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
      kinds.addAll(active);
      if (on) {
        kinds.add(kind);
      } else {
        kinds.remove(kind);
      }
      return new Stream(codecs, kinds, layers);
    }
  }

  /**
   * What one who watches sees of the room.
   *
   * @param active whether there is an active publication (WHEP events document)
   */
  record Publication(boolean active, List<Codec> codecs, List<LayerInfo> layers) {
    static final Publication NONE = new Publication(false, List.of(), List.of());
  }

  /** The room after that event. */
  RoomState after(RoomEvent event) {
    if (event instanceof RoomEvent.PublisherCame came) {
      return with(came.stream(), old -> new Stream(came.codecs(), Set.of(), List.of()));
    } else if (event instanceof RoomEvent.PublisherWent went) {
      Map<StreamName, Stream> rest = new LinkedHashMap<>(streams);
      rest.remove(went.stream());
      return new RoomState(rest, stage, viewers);
    } else if (event instanceof RoomEvent.MediaStarted started) {
      return with(started.stream(), old -> old.withActive(started.kind(), true));
    } else if (event instanceof RoomEvent.MediaStopped stopped) {
      return with(stopped.stream(), old -> old.withActive(stopped.kind(), false));
    } else if (event instanceof RoomEvent.LayersChanged changed) {
      return with(
          changed.stream(), old -> new Stream(old.codecs(), old.active(), changed.layers()));
    } else if (event instanceof RoomEvent.StageChanged changed) {
      return new RoomState(streams, changed.stream(), viewers);
    } else if (event instanceof RoomEvent.ViewersChanged changed) {
      return new RoomState(streams, stage, changed.viewers());
    }
    return this;
  }

  private RoomState with(StreamName name, UnaryOperator<Stream> change) {
    Stream old = streams.getOrDefault(name, new Stream(List.of(), Set.of(), List.of()));
    Map<StreamName, Stream> changed = new LinkedHashMap<>(streams);
    changed.put(name, change.apply(old));
    return new RoomState(changed, stage, viewers);
  }

  /**
   * What a player sees.
   *
   * @param pinned its stream; empty for the stage
   */
  Publication seenBy(Optional<StreamName> pinned) {
    Stream stream = pinned.or(() -> stage).map(streams::get).orElse(null);
    return stream == null
        ? Publication.NONE
        : new Publication(!stream.active().isEmpty(), stream.codecs(), stream.layers());
  }
}
