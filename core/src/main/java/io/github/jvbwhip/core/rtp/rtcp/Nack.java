package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;
import java.util.function.IntConsumer;

/**
 * Generic NACK (RFC 4585 §6.2.1): sequence numbers of the media SSRC that are missing. Stateless.
 */
public final class Nack {
  private static final int FORMAT = 1;
  private static final int ENTRY_LENGTH = 4;
  private static final int BITS = 16;

  private Nack() {}

  public static boolean is(byte[] b, int at) {
    return RtcpFeedback.is(
        b, at, Rtcp.TRANSPORT_FEEDBACK, FORMAT, RtcpFeedback.LENGTH + ENTRY_LENGTH);
  }

  /** Number of entries; each names 1 to 17 packets. */
  public static int entryCount(byte[] b, int at) {
    return (Rtcp.contentEnd(b, at) - at - RtcpFeedback.LENGTH) / ENTRY_LENGTH;
  }

  /** Hands every missing sequence number to {@code lost}, in the order of the packet. */
  public static void forEachLost(byte[] b, int at, IntConsumer lost) {
    int entries = entryCount(b, at);
    for (int i = 0; i < entries; i++) {
      int entry = at + RtcpFeedback.LENGTH + ENTRY_LENGTH * i;
      int first = Bytes.u16(b, entry);
      int following = Bytes.u16(b, entry + 2);
      lost.accept(first);
      for (int bit = 0; bit < BITS; bit++) {
        if ((following >> bit & 1) != 0) {
          lost.accept(first + 1 + bit & 0xFFFF);
        }
      }
    }
  }

  /**
   * Writes a NACK for the first {@code count} (at least 1) of these sequence numbers, which are in
   * sending order.
   *
   * @return its length, at most 12 and 4 for each number
   */
  public static int write(
      byte[] b, int at, long senderSsrc, long mediaSsrc, int[] sequenceNumbers, int count) {
    int entry = at + RtcpFeedback.LENGTH;
    int i = 0;
    while (i < count) {
      int first = sequenceNumbers[i++];
      int following = 0;
      while (i < count) {
        int distance = sequenceNumbers[i] - first & 0xFFFF;
        if (distance < 1 || distance > BITS) {
          break;
        }
        following |= 1 << distance - 1;
        i++;
      }
      Bytes.put16(b, entry, first);
      Bytes.put16(b, entry + 2, following);
      entry += ENTRY_LENGTH;
    }
    RtcpFeedback.write(b, at, Rtcp.TRANSPORT_FEEDBACK, FORMAT, entry - at, senderSsrc, mediaSsrc);
    return entry - at;
  }
}
