package io.github.jvbwhip.embedded.transport;

/** What a datagram on the media port is, told by its first bytes (RFC 7983 §7, RFC 5761 §4). */
enum PacketKind {
  STUN,
  DTLS,
  RTP,
  RTCP,
  /** ZRTP, TURN channels, QUIC or noise: nothing that this port speaks. */
  UNKNOWN;

  private static final int STUN_HEADER = 20;
  private static final int DTLS_RECORD_HEADER = 13;
  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;

  /** The kind; {@link #UNKNOWN} also when the datagram is too short for its own header. */
  static PacketKind of(byte[] buffer, int offset, int length) {
    if (length < 2) {
      return UNKNOWN;
    }
    int first = buffer[offset] & 0xff;
    if (first <= 3) {
      return length >= STUN_HEADER ? STUN : UNKNOWN;
    }
    if (first >= 20 && first <= 63) {
      return length >= DTLS_RECORD_HEADER ? DTLS : UNKNOWN;
    }
    if (first >= 128 && first <= 191) {
      int second = buffer[offset + 1] & 0xff;
      if (second >= 192 && second <= 223) {
        return length >= RTCP_HEADER ? RTCP : UNKNOWN;
      }
      return length >= RTP_HEADER ? RTP : UNKNOWN;
    }
    return UNKNOWN;
  }
}
