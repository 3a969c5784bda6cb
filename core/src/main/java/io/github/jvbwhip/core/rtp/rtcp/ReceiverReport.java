package io.github.jvbwhip.core.rtp.rtcp;

/** A receiver report (RFC 3550 §6.4.2) at an offset of a valid compound packet. Stateless. */
public final class ReceiverReport {
  /** Length without report blocks, in bytes. */
  public static final int LENGTH = 8;

  private ReceiverReport() {}

  public static boolean is(byte[] b, int at) {
    return Rtcp.is(b, at, Rtcp.RECEIVER_REPORT, LENGTH + ReportBlock.LENGTH * Rtcp.count(b, at));
  }

  public static int blockCount(byte[] b, int at) {
    return Rtcp.count(b, at);
  }

  /** Where the report block {@code index}, below {@link #blockCount}, starts. */
  public static int block(int at, int index) {
    return at + LENGTH + ReportBlock.LENGTH * index;
  }

  /**
   * Writes a report whose {@code blocks} report blocks the caller writes at {@link #block}.
   *
   * @return the length of the report with its blocks, in bytes
   */
  public static int write(byte[] b, int at, int blocks, long senderSsrc) {
    int length = LENGTH + ReportBlock.LENGTH * blocks;
    Rtcp.writeHeader(b, at, blocks, Rtcp.RECEIVER_REPORT, length);
    Rtcp.setSenderSsrc(b, at, senderSsrc);
    return length;
  }
}
