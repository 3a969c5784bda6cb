package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * Full intra request (RFC 5104 §4.3.1): the SSRCs in its entries are asked for a keyframe.
 * Stateless.
 */
public final class Fir {
  /** Length with one entry, in bytes. */
  public static final int LENGTH = RtcpFeedback.LENGTH + 8;

  private static final int FORMAT = 4;
  private static final int ENTRY_LENGTH = 8;

  private Fir() {}

  public static boolean is(byte[] b, int at) {
    return RtcpFeedback.is(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, LENGTH);
  }

  public static int entryCount(byte[] b, int at) {
    return (Rtcp.contentEnd(b, at) - at - RtcpFeedback.LENGTH) / ENTRY_LENGTH;
  }

  /** The stream of entry {@code index}, below {@link #entryCount}. */
  public static long ssrc(byte[] b, int at, int index) {
    return Bytes.u32(b, entry(at, index));
  }

  /** Writes a request with one entry and returns its length. */
  public static int write(byte[] b, int at, long senderSsrc, long ssrc, int sequenceNumber) {
    RtcpFeedback.write(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, LENGTH, senderSsrc, 0);
    Bytes.put32(b, entry(at, 0), ssrc);
    Bytes.put32(b, entry(at, 0) + 4, (long) (sequenceNumber & 0xFF) << 24);
    return LENGTH;
  }

  private static int entry(int at, int index) {
    return at + RtcpFeedback.LENGTH + ENTRY_LENGTH * index;
  }
}
