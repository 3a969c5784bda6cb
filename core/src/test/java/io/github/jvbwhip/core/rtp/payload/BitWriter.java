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

  /** What was written, filled up with zeros to a whole byte. */
  byte[] toBytes() {
    if (used > 0) {
      bits(8 - used, 0);
    }
    return out.toByteArray();
  }
}
