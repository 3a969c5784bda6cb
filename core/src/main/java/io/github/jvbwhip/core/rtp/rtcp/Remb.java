package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 §2.2). Stateless. */
public final class Remb {
  private static final int FORMAT = 15;
  private static final long NAME = 0x52454D42;

  /** Length before the streams' SSRCs, in bytes. */
  static final int LENGTH = RtcpFeedback.LENGTH + 8;

  private static final int MANTISSA_BITS = 18;
  private static final int MAX_EXPONENT = 63 - MANTISSA_BITS;

  private Remb() {}

  public static boolean is(byte[] b, int at) {
    return RtcpFeedback.is(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, LENGTH)
        && Bytes.u32(b, at + 12) == NAME
        && Rtcp.contentEnd(b, at) - at >= LENGTH + 4 * ssrcCount(b, at);
  }

  /** In bits per second; {@link Long#MAX_VALUE} for what does not fit. */
  public static long bitrate(byte[] b, int at) {
    int exponent = Bytes.u8(b, at + 17) >> 2;
    long mantissa = Bytes.u24(b, at + 17) & 0x3FFFF;
    if (mantissa == 0) {
      return 0;
    }
    return exponent > MAX_EXPONENT ? Long.MAX_VALUE : mantissa << exponent;
  }

  public static int ssrcCount(byte[] b, int at) {
    return Bytes.u8(b, at + 16);
  }

  /**
   * Writes an estimate for these streams, rounded down to 18 significant bits, and returns its
   * length.
   */
  public static int write(byte[] b, int at, long senderSsrc, long bitsPerSecond, long... ssrcs) {
    int length = LENGTH + 4 * ssrcs.length;
    RtcpFeedback.write(b, at, Rtcp.PAYLOAD_FEEDBACK, FORMAT, length, senderSsrc, 0);
    Bytes.put32(b, at + 12, NAME);
    Bytes.put8(b, at + 16, ssrcs.length);
    putBitrate(b, at, bitsPerSecond);
    for (int i = 0; i < ssrcs.length; i++) {
      Bytes.put32(b, at + LENGTH + 4 * i, ssrcs[i]);
    }
    return length;
  }

  private static void putBitrate(byte[] b, int at, long bitsPerSecond) {
    int significant = 64 - Long.numberOfLeadingZeros(bitsPerSecond);
    int exponent = Math.max(0, significant - MANTISSA_BITS);
    Bytes.put24(b, at + 17, exponent << MANTISSA_BITS | (int) (bitsPerSecond >>> exponent));
  }

  /** Lowers each estimate of a valid compound packet to that, in bits per second, in place. */
  public static void limit(byte[] b, int off, int len, long most) {
    for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
      if (is(b, at) && bitrate(b, at) > most) {
        putBitrate(b, at, most);
      }
    }
  }
}
