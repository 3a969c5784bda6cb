package io.github.jvbwhip.core.negotiation;

import java.util.OptionalInt;

/**
 * Hands out dynamic payload types (RFC 3551 §3): 96 to 127, then 35 to 63 (RFC 5761 §4 keeps 64 to
 * 95 for RTCP). Made for one description, used once.
 */
final class PayloadNumbers {
  private int next = 96;

  /** The first of {@code count} numbers in a row, or empty when all are taken. */
  OptionalInt next(int count) {
    if (next > 95 && next + count > 128) {
      next = 35;
    }
    if (next < 64 && next + count > 64) {
      return OptionalInt.empty();
    }
    int first = next;
    next += count;
    return OptionalInt.of(first);
  }
}
