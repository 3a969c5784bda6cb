package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/** What happens in a room. */
public sealed interface RoomEvent {

  /** A publisher's endpoint was opened. */
  record PublisherCame(StreamName stream, List<Codec> codecs) implements RoomEvent {
    public PublisherCame {
      codecs = List.copyOf(codecs);
    }
  }

  /** A publisher's endpoint is gone. */
  record PublisherWent(StreamName stream) implements RoomEvent {}

  /** Media of that kind began, or came again. */
  record MediaStarted(StreamName stream, MediaKind kind) implements RoomEvent {}

  /** Media of that kind stopped. */
  record MediaStopped(StreamName stream, MediaKind kind) implements RoomEvent {}

  /** The publisher's layers, sizes or bitrates changed; at most about once a second. */
  record LayersChanged(StreamName stream, List<LayerInfo> layers) implements RoomEvent {
    public LayersChanged {
      layers = List.copyOf(layers);
    }
  }

  /** Another stream, or none, is on the stage. */
  record StageChanged(Optional<StreamName> stream) implements RoomEvent {}

  /** The number of connected players. */
  record ViewersChanged(int viewers) implements RoomEvent {}

  /**
   * Players had better go elsewhere, now: drain or shutdown.
   *
   * @param url the WHEP endpoint to go to, where there is another one than their own
   */
  record ReconnectAsked(Optional<String> url) implements RoomEvent {}
}
