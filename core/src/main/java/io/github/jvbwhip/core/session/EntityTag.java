package io.github.jvbwhip.core.session;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A strong entity tag (RFC 9110 §8.8.3): identifies one ICE session of a session (RFC 9725 §4.3.1).
 *
 * @param opaque the tag without its quotes
 */
public record EntityTag(String opaque) {

  /** A new tag, of 64 random bits. */
  public static EntityTag random(RandomGenerator random) {
    return new EntityTag(HexFormat.of().toHexDigits(random.nextLong()));
  }

  /** The field value of an {@code ETag} header. */
  public String headerValue() {
    return '"' + opaque + '"';
  }
}
