package io.github.jvbwhip.core.rtp.extension;

import io.github.jvbwhip.core.rtp.Bytes;
import java.util.Arrays;

/** A one-byte block becomes a two-byte block of the same length (RFC 8285 §4.3), in place. */
final class TwoByteConversion {
  private TwoByteConversion() {}

  /**
   * Converts the block at {@code [block, end)}, giving each element the id in {@code targets} (0:
   * dropped). An element for which no room is left is dropped.
   */
  static int convert(byte[] b, int block, int end, byte[] targets) {
    int kept = packLeft(b, block + 4, end, targets);
    int from = end - kept;
    System.arraycopy(b, block + 4, b, from, kept);
    int to = expand(b, block + 4, from, end);
    Arrays.fill(b, to, end, (byte) HeaderExtensions.PADDING_ID);
    Bytes.put16(b, block, HeaderExtensions.TWO_BYTE_PROFILE);
    // The ids still are the old ones: all of them are at most 14 until here.
    for (int at = block + 4; at < to; at += 2 + Bytes.u8(b, at + 1)) {
      b[at] = targets[Bytes.u8(b, at)];
    }
    return to;
  }

  /**
   * Moves the elements that stay and fit to the start of the block, still in the one-byte form.
   *
   * @return their length there, in bytes
   */
  private static int packLeft(byte[] b, int start, int end, byte[] targets) {
    int to = start;
    int room = end - start;
    long element = HeaderExtensions.at(b, start, end, HeaderExtensions.ONE_BYTE_PROFILE);
    while (element != HeaderExtensions.NONE) {
      int length = HeaderExtensions.length(element);
      if (targets[HeaderExtensions.id(element)] != HeaderExtensionRewriter.DROP
          && room >= length + 2) {
        room -= length + 2;
        System.arraycopy(b, HeaderExtensions.offset(element) - 1, b, to, length + 1);
        to += length + 1;
      }
      element =
          HeaderExtensions.at(
              b, HeaderExtensions.end(element), end, HeaderExtensions.ONE_BYTE_PROFILE);
    }
    return to - start;
  }

  /**
   * Expands packed one-byte elements at {@code [from, end)} to two-byte elements at {@code to}.
   * Every element grows by one byte and there is room for all, so that writing never overtakes
   * reading.
   */
  private static int expand(byte[] b, int start, int from, int end) {
    int to = start;
    int at = from;
    while (at < end) {
      int id = Bytes.u8(b, at) >> 4;
      int length = (b[at] & 0x0F) + 1;
      System.arraycopy(b, at + 1, b, to + 2, length);
      b[to] = (byte) id;
      b[to + 1] = (byte) length;
      at += 1 + length;
      to += 2 + length;
    }
    return to;
  }
}
