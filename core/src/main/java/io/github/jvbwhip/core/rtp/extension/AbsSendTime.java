package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Absolute send time: 24 bits, in units of 2^-18 s, wrapping after 64 s (webrtc.org's
 * abs-send-time). Stateless.
 */
public final class AbsSendTime {
  /** Length of the element's data, in bytes. */
  public static final int LENGTH = 3;

  private static final long NANOS_PER_CYCLE = 64_000_000_000L;

  private AbsSendTime() {}

  /** Writes a value; without an element of three bytes: nothing. */
  public static void write(byte[] b, long element, int value) {
    if (isPresent(element)) {
      Bytes.put24(b, HeaderExtensions.offset(element), value);
    }
  }

  /** The value at this time, in nanoseconds of any clock. */
  public static int ofNanos(long nanos) {
    return (int) ((Math.floorMod(nanos, NANOS_PER_CYCLE) << 18) / 1_000_000_000L);
  }

  private static boolean isPresent(long element) {
    return element != HeaderExtensions.NONE && HeaderExtensions.length(element) == LENGTH;
  }
}
