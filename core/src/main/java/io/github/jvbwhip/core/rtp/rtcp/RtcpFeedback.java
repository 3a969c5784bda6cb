package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/** What all feedback packets share: sender and media SSRC (RFC 4585 §6.1). Stateless. */
public final class RtcpFeedback {
  /** Length without feedback control information, in bytes. */
  public static final int LENGTH = 12;

  private RtcpFeedback() {}

  /**
   * The stream that the feedback is about; 0 in FIR and REMB, which name streams in their entries.
   */
  public static long mediaSsrc(byte[] b, int at) {
    return Bytes.u32(b, at + 8);
  }

  public static void setMediaSsrc(byte[] b, int at, long ssrc) {
    Bytes.put32(b, at + 8, ssrc);
  }

  static boolean is(byte[] b, int at, int type, int format, int minimum) {
    return Rtcp.count(b, at) == format && Rtcp.is(b, at, type, minimum);
  }

  static void write(
      byte[] b, int at, int type, int format, int length, long senderSsrc, long mediaSsrc) {
    Rtcp.writeHeader(b, at, format, type, length);
    Rtcp.setSenderSsrc(b, at, senderSsrc);
    setMediaSsrc(b, at, mediaSsrc);
  }
}
