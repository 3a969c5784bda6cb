package io.github.jvbwhip.core.session;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A session's public name: for logs, metrics and pages. Gives no access to the session. */
public record SessionId(String value) {

  /** A new id, of 64 random bits. */
  public static SessionId random(RandomGenerator random) {
    return new SessionId(HexFormat.of().toHexDigits(random.nextLong()));
  }

  @Override
  public String toString() {
    return value;
  }
}
