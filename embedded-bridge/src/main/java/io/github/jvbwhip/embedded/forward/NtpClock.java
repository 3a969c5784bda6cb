package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.NtpTime;

/**
 * From {@link System#nanoTime} to NTP time stamps (RFC 3550 §4), set once: a wall clock that is
 * changed while media flows does no harm.
 *
 * @param unixNanosAtZero nanoseconds since 1970 when {@link System#nanoTime} was 0
 */
public record NtpClock(long unixNanosAtZero) {

  /** The NTP time stamp of a point in time. */
  long at(long nanoTime) {
    return NtpTime.ofUnixNanos(unixNanosAtZero + nanoTime);
  }

  /** A span in nanoseconds as a difference of NTP time stamps. */
  static long span(long nanos) {
    return NtpTime.ofUnixNanos(nanos) - NtpTime.ofUnixNanos(0);
  }
}
