package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;
import java.util.function.LongUnaryOperator;

/**
 * Puts other SSRCs into valid compound packets, in place, for what stands between two sides that
 * know the same streams by different ones. Stateless; allocates nothing.
 */
public final class RtcpSsrcs {
  private static final int END_OF_ITEMS = 0;

  private RtcpSsrcs() {}

  /** Renames those who send: in reports, feedback, source descriptions and BYE. */
  public static void renameSenders(byte[] b, int off, int len, LongUnaryOperator names) {
    for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
      switch (Rtcp.type(b, at)) {
        case Rtcp.SENDER_REPORT,
            Rtcp.RECEIVER_REPORT,
            Rtcp.TRANSPORT_FEEDBACK,
            Rtcp.PAYLOAD_FEEDBACK,
            Rtcp.APPLICATION_DEFINED,
            Rtcp.EXTENDED_REPORT ->
            rename(b, at + Rtcp.HEADER_LENGTH, 1, 4, Rtcp.contentEnd(b, at), names);
        case Rtcp.BYE ->
            rename(b, at + Rtcp.HEADER_LENGTH, Rtcp.count(b, at), 4, Rtcp.contentEnd(b, at), names);
        case Rtcp.SOURCE_DESCRIPTION -> renameChunks(b, at, names);
        default -> {}
      }
    }
  }

  /** Renames the streams that reports and feedback are about. */
  public static void renameSubjects(byte[] b, int off, int len, LongUnaryOperator names) {
    for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
      switch (Rtcp.type(b, at)) {
        case Rtcp.SENDER_REPORT -> renameBlocks(b, at, SenderReport.LENGTH, names);
        case Rtcp.RECEIVER_REPORT -> renameBlocks(b, at, ReceiverReport.LENGTH, names);
        case Rtcp.TRANSPORT_FEEDBACK, Rtcp.PAYLOAD_FEEDBACK -> renameFeedback(b, at, names);
        default -> {}
      }
    }
  }

  private static void renameBlocks(byte[] b, int at, int header, LongUnaryOperator names) {
    int end = Rtcp.contentEnd(b, at);
    rename(b, at + header, Rtcp.count(b, at), ReportBlock.LENGTH, end, names);
  }

  private static void renameFeedback(byte[] b, int at, LongUnaryOperator names) {
    int end = Rtcp.contentEnd(b, at);
    rename(b, at + 8, 1, 4, end, names);
    if (Fir.is(b, at)) {
      rename(b, at + RtcpFeedback.LENGTH, Fir.entryCount(b, at), 8, end, names);
    } else if (Remb.is(b, at)) {
      rename(b, at + Remb.LENGTH, Remb.ssrcCount(b, at), 4, end, names);
    }
  }

  /** Each chunk is a source and its items, the last of which ends with a multiple of four bytes. */
  private static void renameChunks(byte[] b, int at, LongUnaryOperator names) {
    int end = Rtcp.contentEnd(b, at);
    int chunk = at + Rtcp.HEADER_LENGTH;
    for (int i = Rtcp.count(b, at); i > 0 && chunk + 4 <= end; i--) {
      rename(b, chunk, 1, 4, end, names);
      int item = chunk + 4;
      while (item + 1 < end && b[item] != END_OF_ITEMS) {
        item += 2 + Bytes.u8(b, item + 1);
      }
      chunk = at + (item - at + 4) / 4 * 4;
    }
  }

  private static void rename(
      byte[] b, int first, int count, int step, int end, LongUnaryOperator names) {
    for (int i = 0, at = first; i < count && at + 4 <= end; i++, at += step) {
      Bytes.put32(b, at, names.applyAsLong(Bytes.u32(b, at)));
    }
  }
}
