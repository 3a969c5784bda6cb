package io.github.jvbwhip.core.text;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Ids that nobody has had before. Stateless. */
public final class RandomHex {
  private RandomHex() {}

  /**
   * That many random bytes in hexadecimal digits, in small letters.
   *
   * @param random cryptographically strong, where nobody is to guess it
   */
  public static String of(int bytes, RandomGenerator random) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
