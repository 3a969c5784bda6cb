package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/** What the URL names: on JVB a conference. 1 to 128 characters of {@code A-Z a-z 0-9 . _ ~ -}. */
public record RoomName(String value) {
  /** A path segment of its own in the URL space, and therefore, in any case, no room. */
  public static final String RESERVED = "sessions";

  public RoomName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a room name");
    }
  }

  /** The name, or empty when {@code value} is not a room name. */
  public static Optional<RoomName> of(String value) {
    return isValid(value) ? Optional.of(new RoomName(value)) : Optional.empty();
  }

  private static boolean isValid(String value) {
    return Names.isValid(value) && !value.equalsIgnoreCase(RESERVED);
  }

  @Override
  public String toString() {
    return value;
  }
}
