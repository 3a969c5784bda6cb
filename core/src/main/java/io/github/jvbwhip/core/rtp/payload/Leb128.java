package io.github.jvbwhip.core.rtp.payload;

/** Unsigned little-endian base-128 numbers of up to 8 bytes (AV1 §4.10.5). Stateless. */
final class Leb128 {
  private static final int MAX_LENGTH = 8;

  private Leb128() {}

  /** The number at {@code at}; one that is cut off at {@code end} is read as far as it goes. */
  static long value(byte[] b, int at, int end) {
    long value = 0;
    int length = length(b, at, end);
    for (int i = 0; i < length && at + i < end; i++) {
      value |= (b[at + i] & 0x7FL) << 7 * i;
    }
    return value;
  }

  /** Length of the number at {@code at}, in bytes: at least 1. */
  static int length(byte[] b, int at, int end) {
    int length = 1;
    while (length < MAX_LENGTH && at + length < end && b[at + length - 1] < 0) {
      length++;
    }
    return length;
  }

  /** The length of a number when it is written, in bytes. */
  static int lengthOf(int value) {
    int length = 1;
    while (value >>> 7 * length > 0) {
      length++;
    }
    return length;
  }

  /** Writes a number, of up to 28 bits. */
  static void write(byte[] b, int at, int value) {
    int last = lengthOf(value) - 1;
    for (int i = 0; i <= last; i++) {
      b[at + i] = (byte) (value >>> 7 * i & 0x7F | (i < last ? 0x80 : 0));
    }
  }
}
