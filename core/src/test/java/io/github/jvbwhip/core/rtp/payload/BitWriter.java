package io.github.jvbwhip.core.rtp.payload;

import java.io.ByteArrayOutputStream;

/** Writes bits, most significant first, to make payloads for tests. */
final class BitWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int current;
  private int used;

  BitWriter bits(int count, long value) {
    for (int i = count - 1; i >= 0; i--) {
      current = current << 1 | (int) (value >> i & 1);
      if (++used == 8) {
        out.write(current);
        current = 0;
        used = 0;
      }
    }
    return this;
  }

  /** Unsigned Exp-Golomb numbers. */
  BitWriter ue(long... values) {
    for (long value : values) {
      int length = 64 - Long.numberOfLeadingZeros(value + 1);
      bits(length - 1, 0).bits(length, value + 1);
    }
    return this;
  }

  /** A signed Exp-Golomb number. */
  BitWriter se(long value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** What was written, filled up with zeros to a whole byte. */
  byte[] toBytes() {
    if (used > 0) {
      bits(8 - used, 0);
    }
    return out.toByteArray();
  }
}
