package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.RtpClock;
import io.github.jvbwhip.core.rtp.SerialNumber;

/**
 * How one stream is received (RFC 3550 §6.4.1, A.1, A.3, A.8), for report blocks. Time is that of
 * {@link System#nanoTime()}. Not thread-safe.
 */
public final class ReceptionStats {
  /**
   * A gap that is longer than this is taken for a restart when the next packet confirms it (A.1).
   */
  private static final int MAX_DROPOUT = 3000;

  private static final int MAX_MISORDER = 100;
  private static final int NONE = -1;

  private final long ssrc;
  private final int clockRate;
  private boolean started;
  private long base;
  private long highest;
  private int restartAt = NONE;
  private long received;
  private long receivedPrior;
  private long expectedPrior;

  /** Jitter in 1/16 timestamp units, as in A.8. */
  private long jitter;

  private long transit;
  private long lastReport;
  private long lastReportNanos;

  /**
   * @param clockRate of the stream's timestamps, in Hz
   */
  public ReceptionStats(long ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  /** A packet of the stream has arrived. */
  public void received(int sequenceNumber, long timestamp, long nowNanos) {
    if (!started) {
      restart(sequenceNumber);
    } else if (!follow(sequenceNumber)) {
      return;
    }
    long arrival = RtpClock.ticks(nowNanos, clockRate);
    long newTransit = arrival - timestamp;
    if (received > 0) {
      long difference = Math.abs((long) SerialNumber.difference32(newTransit, transit));
      jitter += difference - (jitter + 8 >> 4);
    }
    transit = newTransit;
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
        highest,
        jitter(),
        lastReport,
        lastReport == 0 ? 0 : NtpTime.span(nowNanos - lastReportNanos));
  }

  private long expected() {
    return started ? highest - base + 1 : 0;
  }

  /** Whether the packet belongs to the sequence; moves the highest number on. */
  private boolean follow(int sequenceNumber) {
    int ahead = sequenceNumber - (int) highest & 0xFFFF;
    if (ahead < MAX_DROPOUT) {
      highest += ahead;
      restartAt = NONE;
      return true;
    }
    if (ahead > 0xFFFF - MAX_MISORDER) {
      return true;
    }
    if (sequenceNumber == restartAt) {
      restart(sequenceNumber);
      return true;
    }
    restartAt = sequenceNumber + 1 & 0xFFFF;
    return false;
  }

  private void restart(int sequenceNumber) {
    started = true;
    base = sequenceNumber;
    highest = sequenceNumber;
    restartAt = NONE;
    received = 0;
    receivedPrior = 0;
    expectedPrior = 0;
  }
}
