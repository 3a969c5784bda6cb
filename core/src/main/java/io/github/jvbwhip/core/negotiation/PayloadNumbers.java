package io.github.jvbwhip.core.negotiation;

import java.util.OptionalInt;

/**
 * Hands out dynamic payload types (RFC 3551 §3): 96 to 127, then 35 to 63 (RFC 5761 §4 keeps 64 to
 * 95 for RTCP). Made for one description, used once.
 */
final class PayloadNumbers {
  private static final int UPPER_END = 128;
  private static final int LOWER_START = 35;
  private static final int LOWER_END = 64;

  private int next = 96;
  private int end = UPPER_END;

  /** The first of {@code count} numbers in a row, or empty when there are no more. */
  OptionalInt next(int count) {
    if (end == UPPER_END && next + count > UPPER_END) {
      next = LOWER_START;
      end = LOWER_END;
    }
    if (next + count > end) {
      return OptionalInt.empty();
    }
    int first = next;
    next += count;
    return OptionalInt.of(first);
  }
}
