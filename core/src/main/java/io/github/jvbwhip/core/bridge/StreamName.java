package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/** One publisher's name inside a room. 1 to 128 characters of {@code A-Z a-z 0-9 . _ ~ -}. */
public record StreamName(String value) {
  /** The stream of a WHIP endpoint URL that names only a room. */
  public static final StreamName DEFAULT = new StreamName("main");

  public StreamName {
    if (!Names.isValid(value)) {
      throw new IllegalArgumentException("not a stream name");
    }
  }

  /** The name, or empty when {@code value} is not a stream name. */
  public static Optional<StreamName> of(String value) {
    return Names.isValid(value) ? Optional.of(new StreamName(value)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
