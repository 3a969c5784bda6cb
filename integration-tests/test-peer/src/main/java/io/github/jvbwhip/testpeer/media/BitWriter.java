package io.github.jvbwhip.testpeer.media;

import java.io.ByteArrayOutputStream;

/** Writes fields of single bits, most significant bit first. Not thread-safe. */
final class BitWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int current;
  private int filled;

  BitWriter put(int value, int bits) {
    for (int bit = bits - 1; bit >= 0; bit--) {
      current = current << 1 | (value >> bit & 1);
      if (++filled == 8) {
        out.write(current);
        current = 0;
        filled = 0;
      }
    }
    return this;
  }

  /** Unsigned Exp-Golomb (H.264 section 9.1). */
  BitWriter putUe(int value) {
    int bits = 32 - Integer.numberOfLeadingZeros(value + 1);
    return put(0, bits - 1).put(value + 1, bits);
  }

  /** All bytes, the last one filled up with zeros. */
  byte[] toBytes() {
    while (filled != 0) {
      put(0, 1);
    }
    return out.toByteArray();
  }
}
