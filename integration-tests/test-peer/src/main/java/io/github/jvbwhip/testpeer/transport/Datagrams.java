package io.github.jvbwhip.testpeer.transport;

/** Tells apart what shares the one UDP port (RFC 7983 section 7, RFC 5761 section 4). */
public final class Datagrams {
  private Datagrams() {}

  /** What a datagram carries, judged by its first two bytes. */
  public enum Kind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    OTHER
  }

  /** The kind of the datagram in {@code data}. */
  public static Kind kindOf(byte[] data) {
    if (data.length < 12) {
      return Kind.OTHER;
    }
    int first = data[0] & 0xff;
    if (first < 4) {
      return Kind.STUN;
    }
    if (first >= 20 && first < 64) {
      return Kind.DTLS;
    }
    if (first < 128 || first >= 192) {
      return Kind.OTHER;
    }
    int packetType = data[1] & 0xff;
    return packetType >= 192 && packetType <= 223 ? Kind.RTCP : Kind.RTP;
  }

  static int unsigned16(byte[] data, int offset) {
    return (data[offset] & 0xff) << 8 | (data[offset + 1] & 0xff);
  }

  static long unsigned32(byte[] data, int offset) {
    return (long) unsigned16(data, offset) << 16 | unsigned16(data, offset + 2);
  }
}
