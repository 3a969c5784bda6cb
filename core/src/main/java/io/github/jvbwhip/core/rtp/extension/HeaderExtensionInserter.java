package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.Arrays;

/**
 * Adds an element to a packet that lacks it. Padding in the block is used first; then the packet
 * grows. The block keeps its form where the element fits it, otherwise it becomes a two-byte block.
 *
 * <p>First ask {@link #growth}, then {@link #insert} into another array, or into the same one: with
 * {@code dstOff = off - growth} the header moves into headroom and the payload stays, with {@code
 * dstOff = off} the payload moves into tailroom. Packets must have passed {@code
 * RtpHeader.isValid}. Stateless.
 */
public final class HeaderExtensionInserter {
  /** The element cannot be added: the block is of a form that is not RFC 8285's, or too long. */
  public static final int IMPOSSIBLE = -1;

  private static final int MAX_BLOCK_WORDS = 0xFFFF;
  private static final byte PADDING = HeaderExtensions.PADDING_ID;
  private static final byte[] SAME_IDS = sameIds();

  private HeaderExtensionInserter() {}

  /**
   * By how many bytes the packet grows (a multiple of 4, may be 0) to take an element of {@code
   * length} bytes (1 to 255) under this id (1 to 255), or {@link #IMPOSSIBLE}.
   */
  public static int growth(byte[] b, int off, int id, int length) {
    if (!RtpHeader.hasExtension(b, off)) {
      return 4 + words(elementHeader(needsTwoByte(id, length)) + length) * 4;
    }
    int block = RtpHeader.extensionOffset(b, off);
    int profile = Bytes.u16(b, block);
    if (!isKnown(profile)) {
      return IMPOSSIBLE;
    }
    boolean twoByte = HeaderExtensions.isTwoByte(profile) || needsTwoByte(id, length);
    int needed = elementsLength(b, off, elementHeader(twoByte)) + elementHeader(twoByte) + length;
    int grown = words(needed) - Bytes.u16(b, block + 2);
    return words(needed) > MAX_BLOCK_WORDS ? IMPOSSIBLE : Math.max(0, grown * 4);
  }

  /**
   * Writes the packet with the element added, its data zero: find it by {@link
   * HeaderExtensions#find} and write it.
   *
   * @return the new length of the packet, {@code len} + {@link #growth}, or {@link #IMPOSSIBLE}
   */
  public static int insert(
      byte[] src, int off, int len, byte[] dst, int dstOff, int id, int length) {
    int growth = growth(src, off, id, length);
    if (growth == IMPOSSIBLE) {
      return IMPOSSIBLE;
    }
    int header = RtpHeader.headerLength(src, off);
    boolean extended = RtpHeader.hasExtension(src, off);
    // From the back to the front, so that one array may be source and destination.
    System.arraycopy(src, off + header, dst, dstOff + header + growth, len - header);
    System.arraycopy(src, off, dst, dstOff, header);
    int block = RtpHeader.extensionOffset(dst, dstOff);
    int end = dstOff + header + growth;
    int at = block + 4;
    if (extended) {
      // Before the block grows: an element that reaches over its end must not come to life.
      at = compact(dst, block, dstOff + header);
    } else {
      RtpHeader.setExtension(dst, dstOff, true);
      Bytes.put16(dst, block, newProfile(id, length));
    }
    Arrays.fill(dst, at, end, PADDING);
    Bytes.put16(dst, block + 2, (end - block - 4) / 4);
    if (needsTwoByte(id, length) && Bytes.u16(dst, block) == HeaderExtensions.ONE_BYTE_PROFILE) {
      at = TwoByteConversion.convert(dst, block, end, SAME_IDS);
    }
    writeHeader(dst, at, id, length, HeaderExtensions.isTwoByte(Bytes.u16(dst, block)));
    return len + growth;
  }

  /**
   * Moves the elements together at the start of the block.
   *
   * @return where they end
   */
  private static int compact(byte[] b, int block, int end) {
    int profile = Bytes.u16(b, block);
    int elementHeader = elementHeader(HeaderExtensions.isTwoByte(profile));
    int to = block + 4;
    long element = HeaderExtensions.at(b, to, end, profile);
    while (element != HeaderExtensions.NONE) {
      int next = HeaderExtensions.end(element);
      int from = HeaderExtensions.offset(element) - elementHeader;
      System.arraycopy(b, from, b, to, next - from);
      to += next - from;
      element = HeaderExtensions.at(b, next, end, profile);
    }
    return to;
  }

  private static void writeHeader(byte[] b, int at, int id, int length, boolean twoByte) {
    if (twoByte) {
      b[at] = (byte) id;
      b[at + 1] = (byte) length;
    } else {
      b[at] = (byte) (id << 4 | length - 1);
    }
  }

  private static int newProfile(int id, int length) {
    return needsTwoByte(id, length)
        ? HeaderExtensions.TWO_BYTE_PROFILE
        : HeaderExtensions.ONE_BYTE_PROFILE;
  }

  private static int elementsLength(byte[] b, int off, int header) {
    int total = 0;
    long element = HeaderExtensions.first(b, off);
    while (element != HeaderExtensions.NONE) {
      total += header + HeaderExtensions.length(element);
      element = HeaderExtensions.next(b, off, element);
    }
    return total;
  }

  private static boolean isKnown(int profile) {
    return profile == HeaderExtensions.ONE_BYTE_PROFILE || HeaderExtensions.isTwoByte(profile);
  }

  private static boolean needsTwoByte(int id, int length) {
    return id > HeaderExtensions.MAX_ONE_BYTE_ID || length > HeaderExtensions.MAX_ONE_BYTE_LENGTH;
  }

  private static int elementHeader(boolean twoByte) {
    return twoByte ? 2 : 1;
  }

  private static int words(int bytes) {
    return (bytes + 3) / 4;
  }

  private static byte[] sameIds() {
    byte[] ids = new byte[256];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) i;
    }
    return ids;
  }
}
