package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.TimestampMap;

/** A sender report (RFC 3550 §6.4.1) at an offset of a valid compound packet. Stateless. */
public final class SenderReport {
  /** Length without report blocks, in bytes. */
  public static final int LENGTH = 28;

  private SenderReport() {}

  public static boolean is(byte[] b, int at) {
    return Rtcp.is(b, at, Rtcp.SENDER_REPORT, LENGTH + ReportBlock.LENGTH * Rtcp.count(b, at));
  }

  public static long ssrc(byte[] b, int at) {
    return Rtcp.senderSsrc(b, at);
  }

  /** Wall clock of the sender, as a 64-bit NTP time stamp. */
  public static long ntpTime(byte[] b, int at) {
    return Bytes.u32(b, at + 8) << 32 | Bytes.u32(b, at + 12);
  }

  public static long rtpTimestamp(byte[] b, int at) {
    return Bytes.u32(b, at + 16);
  }

  public static long packetCount(byte[] b, int at) {
    return Bytes.u32(b, at + 20);
  }

  public static long octetCount(byte[] b, int at) {
    return Bytes.u32(b, at + 24);
  }

  public static int blockCount(byte[] b, int at) {
    return Rtcp.count(b, at);
  }

  /** Where the report block {@code index}, below {@link #blockCount}, starts. */
  public static int block(int at, int index) {
    return at + LENGTH + ReportBlock.LENGTH * index;
  }

  /**
   * Turns a source's report into that of the outgoing stream, in place: the wall clock stays, so
   * that audio and video of one source stay in sync. Report blocks are left as they are.
   */
  public static void translate(
      byte[] b, int at, long ssrc, TimestampMap timestamps, long packetCount, long octetCount) {
    Rtcp.setSenderSsrc(b, at, ssrc);
    Bytes.put32(b, at + 16, timestamps.translate(rtpTimestamp(b, at)));
    Bytes.put32(b, at + 20, packetCount);
    Bytes.put32(b, at + 24, octetCount);
  }

  /**
   * Writes a report whose {@code blocks} report blocks the caller writes at {@link #block}.
   *
   * @return the length of the report with its blocks, in bytes
   */
  public static int write(
      byte[] b,
      int at,
      int blocks,
      long ssrc,
      long ntpTime,
      long rtpTimestamp,
      long packetCount,
      long octetCount) {
    int length = LENGTH + ReportBlock.LENGTH * blocks;
    Rtcp.writeHeader(b, at, blocks, Rtcp.SENDER_REPORT, length);
    Rtcp.setSenderSsrc(b, at, ssrc);
    Bytes.put32(b, at + 8, ntpTime >>> 32);
    Bytes.put32(b, at + 12, ntpTime);
    Bytes.put32(b, at + 16, rtpTimestamp);
    Bytes.put32(b, at + 20, packetCount);
    Bytes.put32(b, at + 24, octetCount);
    return length;
  }
}
