package io.github.jvbwhip.core.rtp;

/**
 * Comparison of numbers that wrap (RFC 1982), for sequence numbers (16 bits), timestamps (32 bits)
 * and picture ids (any width up to 32). Stateless.
 */
public final class SerialNumber {
  private SerialNumber() {}

  /** How far {@code a} is ahead of {@code b}, negative when behind; -2^15 for opposite numbers. */
  public static int difference16(int a, int b) {
    return (short) (a - b);
  }

  /** How far {@code a} is ahead of {@code b}, negative when behind; -2^31 for opposite numbers. */
  public static int difference32(long a, long b) {
    return (int) (a - b);
  }

  /** How far {@code a} is ahead of {@code b} in numbers of {@code bits} bits (1..32). */
  public static int difference(long a, long b, int bits) {
    int shift = 32 - bits;
    return (int) (a - b) << shift >> shift;
  }

  public static boolean isNewer32(long a, long b) {
    return difference32(a, b) > 0;
  }
}
