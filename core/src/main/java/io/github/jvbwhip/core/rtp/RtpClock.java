package io.github.jvbwhip.core.rtp;

/** Time in units of a stream's timestamps (RFC 3550 §5.1). Stateless. */
public final class RtpClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RtpClock() {}

  /** How many ticks of a clock of {@code clockRate} Hz a span of time has, rounded towards zero. */
  public static long ticks(long nanos, int clockRate) {
    // Seconds and the rest apart: the product would overflow after some days.
    long seconds = nanos / NANOS_PER_SECOND;
    long rest = nanos % NANOS_PER_SECOND;
    return seconds * clockRate + rest * clockRate / NANOS_PER_SECOND;
  }
}
