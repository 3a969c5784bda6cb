package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.rtcp.NtpTime;
import java.util.OptionalLong;

/** What one track sent, and what its player says of it. Not thread-safe. */
final class SendStatistics {
  /** Sender reports that an answer may still refer to. */
  private static final int REPORTS = 4;

  private final long[] reportTimes = new long[REPORTS];
  private final long[] reportNanos = new long[REPORTS];
  private int reports;
  private long packets;
  private long payloadBytes;
  private long resent;
  private long lost;
  private OptionalLong roundTripNanos = OptionalLong.empty();
  private final BitrateMeter meter = new BitrateMeter();
  private long keyframeRequests;

  void count(int payloadLength) {
    packets++;
    payloadBytes += payloadLength;
    meter.add(payloadLength);
  }

  /** Ends the interval of the bit rate. */
  void roll(long now) {
    meter.roll(now);
  }

  /** In bits per second of payload, over the last whole interval. */
  long bitrate() {
    return meter.bitrate();
  }

  /** The player has asked for a keyframe. */
  void countKeyframeRequest() {
    keyframeRequests++;
  }

  long keyframeRequests() {
    return keyframeRequests;
  }

  void countResent() {
    resent++;
  }

  /** A sender report goes out. */
  void reported(long ntpTime, long now) {
    reportTimes[reports % REPORTS] = NtpTime.middle(ntpTime);
    reportNanos[reports % REPORTS] = now;
    reports++;
  }

  /** The player's report block (RFC 3550 §6.4.1). */
  void heard(long cumulativeLost, long lastSenderReport, long delay, long now) {
    lost = Math.max(0, cumulativeLost);
    for (int i = 0; i < Math.min(reports, REPORTS); i++) {
      if (lastSenderReport != 0 && reportTimes[i] == lastSenderReport) {
        long roundTrip = now - reportNanos[i] - NtpTime.spanNanos(delay);
        roundTripNanos = OptionalLong.of(Math.max(0, roundTrip));
      }
    }
  }

  long packets() {
    return packets;
  }

  long payloadBytes() {
    return payloadBytes;
  }

  long resent() {
    return resent;
  }

  long lost() {
    return lost;
  }

  OptionalLong roundTripNanos() {
    return roundTripNanos;
  }
}
