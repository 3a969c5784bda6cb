package io.github.jvbwhip.whep.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The events that a player can ask for: those of the WHEP events document, and our own. */
public enum EventType {
  ACTIVE,
  INACTIVE,
  LAYERS,
  VIEWERCOUNT,
  RECONNECT,
  SCTE35,
  /** Our own: which stream is on the stage. */
  SPEAKER,
  /** Our own: what the bridge has sent to this player. */
  STATS,
  /** Our own: kinds of media that are published in no codec that this player takes. */
  UNSUPPORTED;

  /** The value of the {@code events} attribute: all names, separated by commas. */
  public static final String LIST =
      Arrays.stream(values()).map(EventType::wireName).collect(Collectors.joining(","));

  /** The name in the {@code event} field. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The event of that name. */
  public static Optional<EventType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName().equals(wireName)).findFirst();
  }

  /** Whether only the newest event of this type matters to one who was away. */
  boolean isState() {
    return switch (this) {
      case LAYERS, VIEWERCOUNT, SPEAKER, STATS, UNSUPPORTED -> true;
      case ACTIVE, INACTIVE, RECONNECT, SCTE35 -> false;
    };
  }
}
