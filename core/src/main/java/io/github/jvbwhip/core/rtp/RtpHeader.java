package io.github.jvbwhip.core.rtp;

/**
 * The RTP header (RFC 3550 §5.1) of a packet that lies at {@code [off, off + len)} of a buffer.
 *
 * <p>Check a packet once, with {@link #isValid}; after that every method here stays inside the
 * packet. SSRCs and timestamps are unsigned values in a {@code long}. Stateless.
 */
public final class RtpHeader {
  /** Length of the header without CSRCs and extension, in bytes. */
  public static final int FIXED_LENGTH = 12;

  private static final int PADDING = 0x20;
  private static final int EXTENSION = 0x10;
  private static final int CSRC_COUNT = 0x0F;
  private static final int MARKER = 0x80;

  private RtpHeader() {}

  /** Whether this is an RTP packet whose header, extension and padding all lie inside it. */
  public static boolean isValid(byte[] b, int off, int len) {
    if (!hasValidHeader(b, off, len)) {
      return false;
    }
    if (!hasPadding(b, off)) {
      return true;
    }
    int padding = Bytes.u8(b, off + len - 1);
    return padding != 0 && padding <= len - headerLength(b, off);
  }

  /**
   * Like {@link #isValid} without a look at the padding: for an SRTP packet, whose header is in the
   * clear and whose last bytes are not (RFC 3711 §3.1).
   */
  public static boolean hasValidHeader(byte[] b, int off, int len) {
    if (off < 0 || len < FIXED_LENGTH || len > b.length - off || (b[off] & 0xC0) != 0x80) {
      return false;
    }
    int length = FIXED_LENGTH + 4 * csrcCount(b, off);
    if (hasExtension(b, off)) {
      if (length + 4 > len) {
        return false;
      }
      length += 4 + 4 * Bytes.u16(b, off + length + 2);
    }
    return length <= len;
  }

  public static boolean hasPadding(byte[] b, int off) {
    return (b[off] & PADDING) != 0;
  }

  public static boolean hasExtension(byte[] b, int off) {
    return (b[off] & EXTENSION) != 0;
  }

  /** Sets or clears the extension bit. The caller inserts or removes the extension block itself. */
  public static void setExtension(byte[] b, int off, boolean present) {
    b[off] = (byte) (present ? b[off] | EXTENSION : b[off] & ~EXTENSION);
  }

  /** Whether the picture is over with this packet. */
  public static boolean isMarked(byte[] b, int off) {
    return (b[off + 1] & MARKER) != 0;
  }

  /** Says that the picture is over with this packet. */
  public static void setMarker(byte[] b, int off) {
    b[off + 1] |= (byte) MARKER;
  }

  /** For a packet that is neither the last of its picture nor padded. */
  public static void clearMarkerAndPadding(byte[] b, int off) {
    b[off] &= ~PADDING;
    b[off + 1] &= ~MARKER;
  }

  public static int csrcCount(byte[] b, int off) {
    return b[off] & CSRC_COUNT;
  }

  public static int payloadType(byte[] b, int off) {
    return b[off + 1] & 0x7F;
  }

  public static void setPayloadType(byte[] b, int off, int payloadType) {
    b[off + 1] = (byte) (b[off + 1] & MARKER | payloadType & 0x7F);
  }

  public static int sequenceNumber(byte[] b, int off) {
    return Bytes.u16(b, off + 2);
  }

  public static void setSequenceNumber(byte[] b, int off, int sequenceNumber) {
    Bytes.put16(b, off + 2, sequenceNumber);
  }

  public static long timestamp(byte[] b, int off) {
    return Bytes.u32(b, off + 4);
  }

  public static void setTimestamp(byte[] b, int off, long timestamp) {
    Bytes.put32(b, off + 4, timestamp);
  }

  public static long ssrc(byte[] b, int off) {
    return Bytes.u32(b, off + 8);
  }

  public static void setSsrc(byte[] b, int off, long ssrc) {
    Bytes.put32(b, off + 8, ssrc);
  }

  /** Where the extension block would start: its 16-bit profile, then its 16-bit length in words. */
  public static int extensionOffset(byte[] b, int off) {
    return off + FIXED_LENGTH + 4 * csrcCount(b, off);
  }

  /** Length of fixed header, CSRCs and extension block, in bytes. */
  public static int headerLength(byte[] b, int off) {
    int length = FIXED_LENGTH + 4 * csrcCount(b, off);
    return hasExtension(b, off) ? length + 4 + 4 * Bytes.u16(b, off + length + 2) : length;
  }

  /**
   * Number of padding bytes at the end of the packet, their count byte included; 0 without padding.
   */
  public static int paddingLength(byte[] b, int off, int len) {
    return hasPadding(b, off) ? Bytes.u8(b, off + len - 1) : 0;
  }

  public static int payloadOffset(byte[] b, int off) {
    return off + headerLength(b, off);
  }

  /** Length of the payload without padding, in bytes; 0 for a packet that is padding only. */
  public static int payloadLength(byte[] b, int off, int len) {
    return len - headerLength(b, off) - paddingLength(b, off, len);
  }

  /**
   * Cuts the padding off.
   *
   * @return the new length of the packet
   */
  public static int removePadding(byte[] b, int off, int len) {
    int padding = paddingLength(b, off, len);
    b[off] &= ~PADDING;
    return len - padding;
  }
}
