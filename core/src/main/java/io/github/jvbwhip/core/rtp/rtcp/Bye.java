package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/** BYE (RFC 3550 §6.6): sources that end. Stateless. */
public final class Bye {
  private Bye() {}

  public static boolean is(byte[] b, int at) {
    return Rtcp.is(b, at, Rtcp.BYE, Rtcp.HEADER_LENGTH + 4 * Rtcp.count(b, at));
  }

  public static int ssrcCount(byte[] b, int at) {
    return Rtcp.count(b, at);
  }

  /** The source {@code index}, below {@link #ssrcCount}. */
  public static long ssrc(byte[] b, int at, int index) {
    return Bytes.u32(b, at + Rtcp.HEADER_LENGTH + 4 * index);
  }

  /** Writes a BYE of one source without a reason and returns its length. */
  public static int write(byte[] b, int at, long ssrc) {
    Rtcp.writeHeader(b, at, 1, Rtcp.BYE, 8);
    Bytes.put32(b, at + 4, ssrc);
    return 8;
  }
}
