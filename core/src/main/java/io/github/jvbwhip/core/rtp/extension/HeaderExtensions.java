package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;

/**
 * The header-extension elements of a packet, in their one-byte and two-byte form (RFC 8285 §4.2,
 * §4.3).
 *
 * <p>An element is a {@code long}: the offset of its data in the buffer, its id and the length of
 * its data, read with {@link #offset}, {@link #id} and {@link #length}. The packet must have passed
 * {@link RtpHeader#hasValidHeader}; elements that reach over the end of the block end the search.
 * Stateless.
 */
public final class HeaderExtensions {
  /** No such element, or no more elements. */
  public static final long NONE = -1;

  static final int ONE_BYTE_PROFILE = 0xBEDE;
  static final int TWO_BYTE_PROFILE = 0x1000;
  static final int MAX_ONE_BYTE_ID = 14;
  static final int MAX_ONE_BYTE_LENGTH = 16;
  static final int PADDING_ID = 0;

  /** Says that what follows is not to be read (RFC 8285 §4.2). */
  private static final int STOP_ID = 15;

  private HeaderExtensions() {}

  /** The first element with this id, or {@link #NONE}. */
  public static long find(byte[] b, int off, int id) {
    long element = first(b, off);
    while (element != NONE && id(element) != id) {
      element = next(b, off, element);
    }
    return element;
  }

  /** The first element of the packet at {@code off}, or {@link #NONE}. */
  public static long first(byte[] b, int off) {
    if (!RtpHeader.hasExtension(b, off)) {
      return NONE;
    }
    int block = RtpHeader.extensionOffset(b, off);
    return at(b, block + 4, blockEnd(b, block), Bytes.u16(b, block));
  }

  /** The element after {@code element}, or {@link #NONE}. */
  public static long next(byte[] b, int off, long element) {
    int block = RtpHeader.extensionOffset(b, off);
    return at(b, end(element), blockEnd(b, block), Bytes.u16(b, block));
  }

  /** Where the data of the element starts in the buffer. */
  public static int offset(long element) {
    return (int) (element >> 16);
  }

  public static int id(long element) {
    return (int) element >> 8 & 0xFF;
  }

  /**
   * Length of the element's data, in bytes: 1 to 16 in the one-byte form, 0 to 255 in the two-byte
   * form.
   */
  public static int length(long element) {
    return (int) element & 0xFF;
  }

  /** Gives the element of the packet at {@code off} another id, which its form allows. */
  public static void setId(byte[] b, int off, long element, int id) {
    int at = offset(element);
    if (isTwoByte(Bytes.u16(b, RtpHeader.extensionOffset(b, off)))) {
      b[at - 2] = (byte) id;
    } else {
      b[at - 1] = (byte) (id << 4 | length(element) - 1);
    }
  }

  static int end(long element) {
    return offset(element) + length(element);
  }

  static int blockEnd(byte[] b, int block) {
    return block + 4 + 4 * Bytes.u16(b, block + 2);
  }

  static boolean isTwoByte(int profile) {
    return (profile & 0xFFF0) == TWO_BYTE_PROFILE;
  }

  /**
   * The first element at or after {@code at}, in a block of this profile that ends at {@code end}.
   */
  static long at(byte[] b, int at, int end, int profile) {
    if (profile == ONE_BYTE_PROFILE) {
      return oneByteAt(b, at, end);
    }
    return isTwoByte(profile) ? twoByteAt(b, at, end) : NONE;
  }

  private static long oneByteAt(byte[] b, int start, int end) {
    int at = skipPadding(b, start, end);
    if (at == end) {
      return NONE;
    }
    int id = Bytes.u8(b, at) >> 4;
    int length = (b[at] & 0x0F) + 1;
    if (id == PADDING_ID || id == STOP_ID || at + 1 + length > end) {
      return NONE;
    }
    return pack(at + 1, id, length);
  }

  private static long twoByteAt(byte[] b, int start, int end) {
    int at = skipPadding(b, start, end);
    if (at + 2 > end) {
      return NONE;
    }
    int length = Bytes.u8(b, at + 1);
    return at + 2 + length > end ? NONE : pack(at + 2, Bytes.u8(b, at), length);
  }

  private static int skipPadding(byte[] b, int start, int end) {
    int at = start;
    while (at < end && b[at] == PADDING_ID) {
      at++;
    }
    return at;
  }

  private static long pack(int offset, int id, int length) {
    return (long) offset << 16 | id << 8 | length;
  }
}
