package io.github.jvbwhip.core.rtp;

/**
 * The protocols that share one UDP port, told apart by their first bytes (RFC 7983 §7, RFC 5761
 * §4).
 */
public enum PacketKind {
  STUN,
  DTLS,
  /** RTP, or SRTP where the packet is still protected. */
  RTP,
  /** RTCP, or SRTCP where the packet is still protected. */
  RTCP,
  /** Nothing that is spoken here: ZRTP, TURN channels, QUIC, or noise. */
  UNKNOWN;

  /**
   * Classifies the datagram at {@code [off, off + len)}; its contents are not checked any further.
   */
  public static PacketKind of(byte[] b, int off, int len) {
    if (len < 2) {
      return UNKNOWN;
    }
    int first = Bytes.u8(b, off);
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first < 128 || first > 191) {
      return UNKNOWN;
    }
    int second = Bytes.u8(b, off + 1);
    return second >= 192 && second <= 223 ? RTCP : RTP;
  }
}
