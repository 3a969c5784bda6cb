package io.github.jvbwhip.core.rtp;

/**
 * Retransmission packets (RFC 4588 §4): the original's payload, with the original sequence number
 * (OSN) before it, under a payload type, SSRC and sequence number of their own. Header extensions
 * are copied; to turn a RID into a repaired RID, apply a {@code HeaderExtensionRewriter} to the
 * result. Stateless.
 *
 * <p>The destination is another array, or the same one with the packet moved by the two bytes of
 * the OSN, so that the payload stays where it is: {@code dstOff = off - 2} to encapsulate, {@code
 * dstOff = off + 2} to decapsulate.
 */
public final class Rtx {
  /** By how much an encapsulated packet is longer, in bytes. */
  public static final int OVERHEAD = 2;

  /**
   * The result of {@link #decapsulate} and {@link #originalSequenceNumber} without an OSN (a
   * probe).
   */
  public static final int NONE = -1;

  private Rtx() {}

  /**
   * Writes the retransmission of a valid packet.
   *
   * @return its length, in bytes: {@code len} + {@link #OVERHEAD}
   */
  public static int encapsulate(
      byte[] src,
      int off,
      int len,
      byte[] dst,
      int dstOff,
      int payloadType,
      long ssrc,
      int sequenceNumber) {
    int header = RtpHeader.headerLength(src, off);
    int original = RtpHeader.sequenceNumber(src, off);
    System.arraycopy(src, off, dst, dstOff, header);
    System.arraycopy(src, off + header, dst, dstOff + header + OVERHEAD, len - header);
    Bytes.put16(dst, dstOff + header, original);
    RtpHeader.setPayloadType(dst, dstOff, payloadType);
    RtpHeader.setSsrc(dst, dstOff, ssrc);
    RtpHeader.setSequenceNumber(dst, dstOff, sequenceNumber);
    return len + OVERHEAD;
  }

  /** The sequence number of the packet inside a valid retransmission, or {@link #NONE}. */
  public static int originalSequenceNumber(byte[] b, int off, int len) {
    return RtpHeader.payloadLength(b, off, len) < OVERHEAD
        ? NONE
        : Bytes.u16(b, RtpHeader.payloadOffset(b, off));
  }

  /**
   * Writes the original of a valid retransmission.
   *
   * @param payloadType of the original stream
   * @param ssrc of the original stream
   * @return its length, in bytes, or {@link #NONE}
   */
  public static int decapsulate(
      byte[] src, int off, int len, byte[] dst, int dstOff, int payloadType, long ssrc) {
    int original = originalSequenceNumber(src, off, len);
    if (original == NONE) {
      return NONE;
    }
    int header = RtpHeader.headerLength(src, off);
    System.arraycopy(src, off, dst, dstOff, header);
    int payload = off + header + OVERHEAD;
    System.arraycopy(src, payload, dst, dstOff + header, off + len - payload);
    RtpHeader.setPayloadType(dst, dstOff, payloadType);
    RtpHeader.setSsrc(dst, dstOff, ssrc);
    RtpHeader.setSequenceNumber(dst, dstOff, original);
    return len - OVERHEAD;
  }
}
