package io.github.jvbwhip.http.config;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rooms and streams by their names: {@code room} for the room with all its streams, {@code
 * room/stream} for that stream alone. {@code *} stands for any characters, also none. Immutable.
 */
public final class StreamPattern {
  private static final Pattern TEXT =
      Pattern.compile("(?<room>[A-Za-z0-9._~*-]+)(?:/(?<stream>[A-Za-z0-9._~*-]+))?");

  /** All rooms, and all their streams. */
  public static final StreamPattern ALL = of("*").orElseThrow();

  private final String text;
  private final Pattern room;
  private final Optional<Pattern> stream;

  private StreamPattern(String text, Pattern room, Optional<Pattern> stream) {
    this.text = text;
    this.room = room;
    this.stream = stream;
  }

  /** Reads one; empty where the text is none. */
  public static Optional<StreamPattern> of(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StreamPattern(
                text,
                compiled(parts.group("room")),
                Optional.ofNullable(parts.group("stream")).map(StreamPattern::compiled)))
        : Optional.empty();
  }

  private static Pattern compiled(String glob) {
    // Possessive quantifiers would be wrong, and names are short: no text makes this slow.
    return Pattern.compile("\\Q" + glob.replaceAll("\\*+", "\\\\E.*\\\\Q") + "\\E");
  }

  /**
   * Whether a request is for one of them. One about a session, whose URL is a capability and names
   * no room, is; one about a whole room is none of a single stream.
   */
  public boolean matches(Optional<RoomName> wantedRoom, Optional<StreamName> wantedStream) {
    if (wantedRoom.isEmpty()) {
      return true;
    }
    return room.matcher(wantedRoom.get().value()).matches()
        && (stream.isEmpty()
            || wantedStream
                .map(name -> stream.get().matcher(name.value()).matches())
                .orElse(false));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
