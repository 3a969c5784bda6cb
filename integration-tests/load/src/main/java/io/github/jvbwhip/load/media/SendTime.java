package io.github.jvbwhip.load.media;

import java.time.Clock;
import java.time.Instant;

/**
 * When a packet was sent, at the end of its made-up payload, where no server looks: a mark and
 * microseconds of the wall clock, six bits a byte, so that no start code of H.264 comes of it.
 * Stateless.
 */
public final class SendTime {
  /** The result of {@link #read} where there is none. */
  public static final long NONE = -1;

  private static final byte[] MARK = {'j', 'v', 'b', 'L', 'o', 'a', 'd'};
  private static final int DIGITS = 9;
  private static final int LENGTH = MARK.length + DIGITS;

  /** Shorter payloads have none: parameter sets, and what has no room. */
  private static final int SHORTEST = 60;

  private static final int DIGIT_BITS = 6;
  private static final int DIGIT_MASK = 0x3f;
  private static final int DIGIT_BASE = 0x40;

  /** From the monotonic clock to the wall clock, for the life of the process. */
  private static final long OFFSET_MICROS = offset();

  private SendTime() {}

  private static long offset() {
    Instant now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000 - System.nanoTime() / 1000;
  }

  /** The wall clock, in microseconds, at a time of {@link System#nanoTime()}. */
  public static long micros(long nanoTime) {
    return nanoTime / 1000 + OFFSET_MICROS;
  }

  /** Writes a time into a payload that is long enough. */
  public static void write(byte[] payload, long micros) {
    if (payload.length < SHORTEST) {
      return;
    }
    int at = payload.length - LENGTH;
    System.arraycopy(MARK, 0, payload, at, MARK.length);
    at += MARK.length;
    for (int i = DIGITS - 1; i >= 0; i--) {
      payload[at++] = (byte) (DIGIT_BASE | micros >>> DIGIT_BITS * i & DIGIT_MASK);
    }
  }

  /** Reads it, in microseconds. */
  public static long read(byte[] b, int payload, int length) {
    int at = payload + length - LENGTH;
    if (length < SHORTEST) {
      return NONE;
    }
    for (byte expected : MARK) {
      if (b[at++] != expected) {
        return NONE;
      }
    }
    long micros = 0;
    for (int i = 0; i < DIGITS; i++) {
      micros = micros << DIGIT_BITS | b[at++] & DIGIT_MASK;
    }
    return micros;
  }
}
