package io.github.jvbwhip.http.config;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rooms and streams by their names: {@code room} for the room with all its streams, {@code
 * room/stream} for that stream alone. {@code *} stands for any characters, also none.
 *
 * @param stream empty for all of the room's
 */
public record StreamPattern(String room, Optional<String> stream) {
  private static final Pattern TEXT =
      Pattern.compile("(?<room>[A-Za-z0-9._~*-]{1,200})(?:/(?<stream>[A-Za-z0-9._~*-]{1,200}))?");

  /** What stands between stars. */
  private static final Pattern NAME = Pattern.compile("[^*]+");

  /** All rooms, and all their streams. */
  public static final StreamPattern ALL = of("*").orElseThrow();

  /** Reads one; empty where the text is none. */
  public static Optional<StreamPattern> of(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StreamPattern(parts.group("room"), Optional.ofNullable(parts.group("stream"))))
        : Optional.empty();
  }

  /**
   * Whether a request is for one of them. One about a session, whose URL is a capability and names
   * no room, is; one about a whole room is none of a single stream.
   */
  public boolean matches(Optional<RoomName> wantedRoom, Optional<StreamName> wantedStream) {
    if (wantedRoom.isEmpty()) {
      return true;
    }
    return matches(room, wantedRoom.get().value())
        && (stream.isEmpty()
            || wantedStream.map(name -> matches(stream.get(), name.value())).orElse(false));
  }

  /**
   * The same for rooms by the names by which they are known, which those of requests are.
   *
   * @param canonical of a name that means a room, that by which it is known
   */
  public StreamPattern known(UnaryOperator<RoomName> canonical) {
    Matcher names = NAME.matcher(room);
    return new StreamPattern(
        names.replaceAll(
            part -> // With a character more: it may be a word that is no room's name by itself.
            RoomName.of("~" + part.group())
                    .map(canonical)
                    .map(name -> name.value().substring(1))
                    .orElseGet(part::group)),
        stream);
  }

  /** In time that grows with the product of both lengths, whatever stands there. */
  private static boolean matches(String pattern, String name) {
    int at = 0;
    int star = -1;
    int from = 0;
    int i = 0;
    while (i < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        from = i;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1; // The star stands for one character more.
        i = ++from;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return room + stream.map(name -> "/" + name).orElse("");
  }
}
