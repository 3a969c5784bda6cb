package io.github.jvbwhip.core.rtp.rtcp;

import io.github.jvbwhip.core.rtp.Bytes;

/**
 * The common header of RTCP packets (RFC 3550 §6.1) and the walk over a compound packet:
 *
 * <pre>{@code
 * if (Rtcp.isValid(b, off, len)) {
 *   for (int at = off; at < off + len; at = Rtcp.next(b, at)) {
 *     if (SenderReport.is(b, at)) ...
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #isValid} checks the bounds of every packet once; the {@code is} method of a view
 * checks that the packet is long enough for what it says it holds. Reduced-size packets (RFC 5506)
 * are valid. Stateless.
 */
public final class Rtcp {
  public static final int SENDER_REPORT = 200;
  public static final int RECEIVER_REPORT = 201;
  public static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;
  static final int APPLICATION_DEFINED = 204;
  public static final int TRANSPORT_FEEDBACK = 205;
  public static final int PAYLOAD_FEEDBACK = 206;

  /** RFC 3611 §2. */
  static final int EXTENDED_REPORT = 207;

  static final int HEADER_LENGTH = 4;

  private static final int PADDING = 0x20;

  private Rtcp() {}

  /**
   * Whether {@code [off, off + len)} is filled by RTCP packets, whose lengths and padding are in
   * order.
   */
  public static boolean isValid(byte[] b, int off, int len) {
    if (off < 0 || len < HEADER_LENGTH || len > b.length - off) {
      return false;
    }
    int end = off + len;
    int at = off;
    while (at < end) {
      if (end - at < HEADER_LENGTH || (b[at] & 0xC0) != 0x80 || !isType(type(b, at))) {
        return false;
      }
      int next = next(b, at);
      if (next > end || hasPadding(b, at) && !isValidPadding(b, at, next, end)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  /** Where the packet after the one at {@code at} starts. */
  public static int next(byte[] b, int at) {
    return at + length(b, at);
  }

  /** Length of the packet with header and padding, in bytes. */
  public static int length(byte[] b, int at) {
    return HEADER_LENGTH + 4 * Bytes.u16(b, at + 2);
  }

  public static int type(byte[] b, int at) {
    return Bytes.u8(b, at + 1);
  }

  /** The five bits that count report blocks, chunks or sources, or tell the kind of feedback. */
  public static int count(byte[] b, int at) {
    return b[at] & 0x1F;
  }

  /** The first SSRC of the packet: its sender, for all types but BYE and source description. */
  public static long senderSsrc(byte[] b, int at) {
    return Bytes.u32(b, at + 4);
  }

  public static void setSenderSsrc(byte[] b, int at, long ssrc) {
    Bytes.put32(b, at + 4, ssrc);
  }

  /** Where the content of the packet ends: without padding. */
  static int contentEnd(byte[] b, int at) {
    int end = next(b, at);
    return hasPadding(b, at) ? end - Bytes.u8(b, end - 1) : end;
  }

  /** Whether the packet has this type and at least this many bytes of content, header included. */
  static boolean is(byte[] b, int at, int type, int minimum) {
    return type(b, at) == type && contentEnd(b, at) - at >= minimum;
  }

  /** Writes a header without padding for a packet of {@code length} bytes, a multiple of 4. */
  static void writeHeader(byte[] b, int at, int count, int type, int length) {
    b[at] = (byte) (0x80 | count);
    b[at + 1] = (byte) type;
    Bytes.put16(b, at + 2, length / 4 - 1);
  }

  private static boolean isType(int type) {
    return type >= 192 && type <= 223;
  }

  private static boolean hasPadding(byte[] b, int at) {
    return (b[at] & PADDING) != 0;
  }

  /**
   * Only the last packet of a compound is padded, by a multiple of four bytes (RFC 3550 §6.4.1).
   */
  private static boolean isValidPadding(byte[] b, int at, int next, int end) {
    int padding = Bytes.u8(b, next - 1);
    return next == end && padding != 0 && padding % 4 == 0 && padding <= next - at - HEADER_LENGTH;
  }
}
