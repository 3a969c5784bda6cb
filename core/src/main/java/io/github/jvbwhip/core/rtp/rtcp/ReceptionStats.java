package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.RtpClock;
import io.github.jvbwhip.core.rtp.SerialNumber;

/**
 * How one stream is received (RFC 3550 §6.4.1, A.3, A.8), for report blocks. What belongs to the
 * stream is the caller's business ({@code ArrivalTracker}). Time is that of {@link
 * System#nanoTime()}. Not thread-safe.
 */
public final class ReceptionStats {
  private final long ssrc;
  private int clockRate;
  private boolean started;
  private long base;
  private long highest;
  private long received;
  private long receivedPrior;
  private long expectedPrior;

  /** Jitter in 1/16 timestamp units, as in A.8. */
  private long jitter;

  private long transit;
  private long lastReport;
  private long lastReportNanos;

  public ReceptionStats(long ssrc) {
    this.ssrc = ssrc;
  }

  /**
   * A packet of the stream has arrived.
   *
   * @param number its sequence number, extended so that it never wraps
   * @param rate of its timestamp's clock, in Hz
   */
  public void received(long number, long timestamp, int rate, long nowNanos) {
    if (!started) {
      started = true;
      base = number;
      highest = number;
    }
    highest = Math.max(highest, number);
    if (received > 0) {
      // Up to a change of clocks, by the one before (RFC 7160 §4.3).
      long newTransit = RtpClock.ticks(nowNanos, clockRate) - timestamp;
      long difference = Math.abs((long) SerialNumber.difference32(newTransit, transit));
      jitter += difference - (jitter + 8 >> 4);
    }
    clockRate = rate;
    transit = RtpClock.ticks(nowNanos, rate) - timestamp;
    received++;
  }

  /** A sender report of the stream has arrived. */
  public void senderReport(long ntpTime, long nowNanos) {
    lastReport = NtpTime.middle(ntpTime);
    lastReportNanos = nowNanos;
  }

  /** Packets received, duplicates included. */
  public long receivedCount() {
    return received;
  }

  /** Packets that have not come; negative when there were more duplicates. */
  public long lostCount() {
    return expected() - received;
  }

  /** In timestamp units. */
  public long jitter() {
    return jitter >> 4;
  }

  /**
   * Writes the report block and starts the next reporting interval.
   *
   * @return the length written: {@link ReportBlock#LENGTH}
   */
  public int writeBlock(byte[] b, int at, long nowNanos) {
    long expectedNow = expected() - expectedPrior;
    long lostNow = expectedNow - (received - receivedPrior);
    expectedPrior = expected();
    receivedPrior = received;
    int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) ((lostNow << 8) / expectedNow);
    return ReportBlock.write(
        b,
        at,
        ssrc,
        Math.min(fraction, 255),
        lostCount(),
        highest - (base & ~0xFFFFL), // The first packet is in the cycle 0.
        jitter(),
        lastReport,
        lastReport == 0 ? 0 : NtpTime.span(nowNanos - lastReportNanos));
  }

  private long expected() {
    return started ? highest - base + 1 : 0;
  }
}
