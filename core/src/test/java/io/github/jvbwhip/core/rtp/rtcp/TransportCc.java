package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * §3.1) at an offset of a valid compound packet, as a sender reads what {@link TransportCcRecorder}
 * wrote. Stateless.
 */
public final class TransportCc {
  private static final int VECTOR = 0x8000;
  private static final int TWO_BIT = 0x4000;

  /** Is told what became of each packet. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param arrivalNanos by the receiver's clock, whose zero is unknown; not to be read when not
     *     received
     */
    void packet(int sequenceNumber, boolean received, long arrivalNanos);
  }

  private TransportCc() {}

  public static boolean is(byte[] b, int at) {
    return RtcpFeedback.is(
        b, at, Rtcp.TRANSPORT_FEEDBACK, TransportCcRecorder.FORMAT, TransportCcRecorder.LENGTH);
  }

  /** The first transport-wide sequence number that is reported on. */
  public static int baseSequenceNumber(byte[] b, int at) {
    return Bytes.u16(b, at + 12);
  }

  /** How many packets are reported on. */
  public static int statusCount(byte[] b, int at) {
    return Bytes.u16(b, at + 14);
  }

  /** Counts the feedback packets, in 8 bits. */
  public static int feedbackCount(byte[] b, int at) {
    return Bytes.u8(b, at + 19);
  }

  /**
   * Hands the status of every packet to {@code visitor}, in order.
   *
   * @return false when the packet is cut off, or has statuses that are not defined: then the
   *     visitor has seen only what came before
   */
  public static boolean forEach(byte[] b, int at, Visitor visitor) {
    int end = Rtcp.contentEnd(b, at);
    int delta = deltasOffset(b, at, end);
    if (delta < 0) {
      return false;
    }
    int count = statusCount(b, at);
    int sequenceNumber = baseSequenceNumber(b, at);
    long ticks = (long) (Bytes.u24(b, at + 16) << 8 >> 8) * TransportCcRecorder.REFERENCE_TICKS;
    int chunk = at + TransportCcRecorder.LENGTH;
    int done = 0;
    while (done < count) {
      int header = Bytes.u16(b, chunk);
      int inChunk = Math.min(symbols(header), count - done);
      for (int i = 0; i < inChunk; i++) {
        int symbol = symbol(header, i);
        boolean received = symbol != TransportCcRecorder.NOT_RECEIVED;
        if (received) {
          if (symbol > TransportCcRecorder.LARGE_DELTA || delta + symbol > end) {
            return false;
          }
          ticks +=
              symbol == TransportCcRecorder.SMALL_DELTA
                  ? Bytes.u8(b, delta)
                  : (short) Bytes.u16(b, delta);
          delta += symbol;
        }
        visitor.packet(sequenceNumber, received, ticks * TransportCcRecorder.TICK_NANOS);
        sequenceNumber = sequenceNumber + 1 & 0xFFFF;
      }
      done += inChunk;
      chunk += 2;
    }
    return true;
  }

  /** Where the chunks end and the deltas start; -1 when the chunks are cut off or empty. */
  private static int deltasOffset(byte[] b, int at, int end) {
    int count = statusCount(b, at);
    int chunk = at + TransportCcRecorder.LENGTH;
    int done = 0;
    while (done < count) {
      int symbols = chunk + 2 > end ? 0 : symbols(Bytes.u16(b, chunk));
      if (symbols == 0) {
        return -1;
      }
      done += symbols;
      chunk += 2;
    }
    return chunk;
  }

  private static int symbols(int chunk) {
    if ((chunk & VECTOR) == 0) {
      return chunk & 0x1FFF;
    }
    return (chunk & TWO_BIT) == 0 ? 14 : 7;
  }

  private static int symbol(int chunk, int index) {
    if ((chunk & VECTOR) == 0) {
      return chunk >> 13 & 3;
    }
    return (chunk & TWO_BIT) == 0 ? chunk >> 13 - index & 1 : chunk >> 12 - 2 * index & 3;
  }
}
