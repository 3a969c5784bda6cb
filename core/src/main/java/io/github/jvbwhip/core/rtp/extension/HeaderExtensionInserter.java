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
    boolean extended = RtpHeader.hasExtension(src, off);
    int fixed = RtpHeader.extensionOffset(src, off) - off;
    int header = RtpHeader.headerLength(src, off);
    int oldProfile = extended ? Bytes.u16(src, off + fixed) : HeaderExtensions.ONE_BYTE_PROFILE;
    boolean twoByte = HeaderExtensions.isTwoByte(oldProfile) || needsTwoByte(id, length);
    int profile = oldProfile;
    if (twoByte && oldProfile == HeaderExtensions.ONE_BYTE_PROFILE) {
      profile = HeaderExtensions.TWO_BYTE_PROFILE;
    }

    // From the back to the front, so that one array may be source and destination: payload, then
    // the old
    // elements at the end of the new block, then the fixed header.
    int oldElements = extended ? header - fixed - 4 : 0;
    int newHeader = header + growth;
    int end = dstOff + newHeader;
    System.arraycopy(src, off + header, dst, end, len - header);
    System.arraycopy(src, off + header - oldElements, dst, end - oldElements, oldElements);
    System.arraycopy(src, off, dst, dstOff, fixed);

    RtpHeader.setExtension(dst, dstOff, true);
    int block = dstOff + fixed;
    // The new element goes behind the old ones: these move up, and never onto one that is not read
    // yet.
    int at = block + 4;
    long element = HeaderExtensions.at(dst, end - oldElements, end, oldProfile);
    while (element != HeaderExtensions.NONE) {
      long next = HeaderExtensions.at(dst, HeaderExtensions.end(element), end, oldProfile);
      at = writeElement(dst, at, element, twoByte);
      element = next;
    }
    at = writeElementHeader(dst, at, HeaderExtensions.pack(0, id, length), twoByte) + length;
    Arrays.fill(dst, at - length, end, (byte) 0);
    Bytes.put16(dst, block, profile);
    Bytes.put16(dst, block + 2, (end - block - 4) / 4);
    return len + growth;
  }

  private static int writeElement(byte[] b, int at, long element, boolean twoByte) {
    int length = HeaderExtensions.length(element);
    int data = at + elementHeader(twoByte);
    System.arraycopy(b, HeaderExtensions.offset(element), b, data, length);
    writeElementHeader(b, at, element, twoByte);
    return data + length;
  }

  private static int writeElementHeader(byte[] b, int at, long element, boolean twoByte) {
    int id = HeaderExtensions.id(element);
    int length = HeaderExtensions.length(element);
    if (twoByte) {
      b[at] = (byte) id;
      b[at + 1] = (byte) length;
      return at + 2;
    }
    b[at] = (byte) (id << 4 | length - 1);
    return at + 1;
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
}
