package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.RtpClock;
import io.github.jvbwhip.core.rtp.SerialNumber;

/**
 * Which wall-clock time of its sender a timestamp of one stream stands for, as its latest plausible
 * sender report says (RFC 3550 §6.4.1). Not thread-safe.
 */
final class SenderClock {
  /** Some senders' first report holds 0xFFFFFFFF; a report is about now, give or take this. */
  private static final long PLAUSIBLE_SECONDS = 30;

  private int clockRate;
  private boolean known;
  private long ntpTime;
  private long timestamp;
  private long reportedAt;

  /**
   * Packets come with that clock rate from now on, the first one with this timestamp. What was
   * reported of another clock goes on with it.
   */
  void use(int rate, long packetTimestamp, long now) {
    if (rate == clockRate) {
      return;
    }
    ntpTime = ntpAt(now);
    timestamp = packetTimestamp;
    reportedAt = now;
    clockRate = rate;
  }

  /**
   * Takes a report in, where it makes sense.
   *
   * @param newestTimestamp of the stream's packets
   * @return whether it did
   */
  boolean report(long ntp, long rtpTimestamp, long newestTimestamp, long now) {
    long seconds = ntp >>> 32;
    long distance = Math.abs((long) SerialNumber.difference32(rtpTimestamp, newestTimestamp));
    if (seconds == 0 || seconds == 0xFFFFFFFFL || distance > PLAUSIBLE_SECONDS * clockRate) {
      return false;
    }
    known = true;
    ntpTime = ntp;
    timestamp = rtpTimestamp;
    reportedAt = now;
    return true;
  }

  boolean isKnown() {
    return known;
  }

  /** The sender's wall clock now, as a 64-bit NTP time stamp. */
  long ntpAt(long now) {
    return ntpTime + NtpClock.span(now - reportedAt);
  }

  /**
   * The stream's timestamp now. It and the wall clock move on together: how long the report was on
   * its way does not matter.
   */
  long timestampAt(long now) {
    return timestamp + RtpClock.ticks(now - reportedAt, clockRate) & 0xFFFFFFFFL;
  }
}
