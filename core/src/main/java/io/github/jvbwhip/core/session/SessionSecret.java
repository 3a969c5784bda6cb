package io.github.jvbwhip.core.session;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The unguessable part of a session URL (RFC 9725 §5): who knows it may end the session. Has 192
 * random bits; never printed by {@link #toString}, so that it cannot reach a log by accident.
 */
public final class SessionSecret {
  private static final int BYTES = 24;
  private static final int LENGTH = 32;

  private final String value;

  private SessionSecret(String value) {
    this.value = value;
  }

  /**
   * A new secret.
   *
   * @param random cryptographically strong
   */
  public static SessionSecret random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SessionSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The secret in a URL's path segment, or empty when the segment cannot be one. */
  public static Optional<SessionSecret> of(String segment) {
    if (segment.length() != LENGTH) {
      return Optional.empty();
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = segment.charAt(i);
      boolean base64url =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!base64url) {
        return Optional.empty();
      }
    }
    return Optional.of(new SessionSecret(segment));
  }

  /** The path segment: for the session's URL, and nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionSecret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "SessionSecret[]";
  }
}
