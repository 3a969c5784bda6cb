package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * A report block (RFC 3550 §6.4.1) that lies at an offset which {@code SenderReport} or {@code
 * ReceiverReport} tells.
 */
public final class ReportBlock {
  /** In bytes. */
  public static final int LENGTH = 24;

  private static final int MIN_LOST = -(1 << 23);
  private static final int MAX_LOST = (1 << 23) - 1;

  private ReportBlock() {}

  /** The stream that is reported on. */
  public static long ssrc(byte[] b, int at) {
    return Bytes.u32(b, at);
  }

  /** Loss since the last report, in 1/256. */
  public static int fractionLost(byte[] b, int at) {
    return Bytes.u8(b, at + 4);
  }

  /** Packets lost in all; negative when there were more duplicates. */
  public static int cumulativeLost(byte[] b, int at) {
    return Bytes.u24(b, at + 5) << 8 >> 8;
  }

  /** Middle 32 bits of the last sender report's NTP time; 0 without one. */
  public static long lastSenderReport(byte[] b, int at) {
    return Bytes.u32(b, at + 16);
  }

  /** Time since the last sender report, in 1/65536 s; 0 without one. */
  public static long delaySinceLastSenderReport(byte[] b, int at) {
    return Bytes.u32(b, at + 20);
  }

  /** Writes a block; {@code cumulativeLost} is clamped to its 24 bits. Returns its length. */
  public static int write(
      byte[] b,
      int at,
      long ssrc,
      int fractionLost,
      long cumulativeLost,
      long highestSequenceNumber,
      long jitter,
      long lastSenderReport,
      long delaySinceLastSenderReport) {
    Bytes.put32(b, at, ssrc);
    Bytes.put8(b, at + 4, fractionLost);
    Bytes.put24(b, at + 5, (int) Math.max(MIN_LOST, Math.min(MAX_LOST, cumulativeLost)));
    Bytes.put32(b, at + 8, highestSequenceNumber);
    Bytes.put32(b, at + 12, jitter);
    Bytes.put32(b, at + 16, lastSenderReport);
    Bytes.put32(b, at + 20, delaySinceLastSenderReport);
    return LENGTH;
  }
}
