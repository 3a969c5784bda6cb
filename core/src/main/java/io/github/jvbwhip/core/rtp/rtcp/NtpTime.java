package io.github.jvbwhip.core.rtp.rtcp;

/**
 * NTP time stamps (RFC 3550 §4): seconds since 1900 in 32 bits, and their fraction in 32 more.
 * Stateless.
 */
public final class NtpTime {
  private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private NtpTime() {}

  /** The time stamp of a time in nanoseconds since 1970. */
  public static long ofUnixNanos(long nanos) {
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND) + UNIX_EPOCH_SECONDS;
    long fraction = (Math.floorMod(nanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
    return seconds << 32 | fraction;
  }

  /** The middle 32 bits, as report blocks repeat them. */
  public static long middle(long ntpTime) {
    return ntpTime >>> 16 & 0xFFFFFFFFL;
  }

  /** A span of time in units of 1/65536 s, as report blocks tell it; clamped to 32 bits. */
  public static long span(long nanos) {
    long seconds = Math.min(nanos / NANOS_PER_SECOND, 0xFFFF);
    return seconds << 16 | (nanos % NANOS_PER_SECOND << 16) / NANOS_PER_SECOND;
  }

  /** Length of a span in units of 1/65536 s, in nanoseconds. */
  public static long spanNanos(long span) {
    return span * NANOS_PER_SECOND >> 16;
  }
}
