package io.github.jvbwhip.core.rtp.payload;

/**
 * Bits of a payload, most significant first. Past the end it reads zeros and says so by {@link
 * #overrun}: check that once, after reading.
 */
final class BitReader {
  private final byte[] bytes;
  private final int end;
  private final boolean escaped;
  private int at;
  private int bit;
  private int zeros;
  private boolean overrun;

  private BitReader(byte[] bytes, int at, int end, boolean escaped) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.escaped = escaped;
  }

  static BitReader plain(byte[] bytes, int at, int end) {
    return new BitReader(bytes, at, end, false);
  }

  /** Skips emulation prevention bytes: the 3 in 0 0 3 (H.264 §7.3.1, H.265 §7.3.1.1). */
  static BitReader escaped(byte[] bytes, int at, int end) {
    return new BitReader(bytes, at, end, true);
  }

  boolean overrun() {
    return overrun;
  }

  boolean flag() {
    return bit() == 1;
  }

  /** An unsigned number of {@code count} bits, at most 32. */
  long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  void skip(int count) {
    for (int i = 0; i < count && !overrun; i++) {
      bit();
    }
  }

  /** An unsigned Exp-Golomb number (H.264 §9.1), for sane values the same as AV1's uvlc. */
  long ue() {
    int leading = 0;
    while (leading < 32 && !overrun && bit() == 0) {
      leading++;
    }
    return (1L << leading) - 1 + bits(leading);
  }

  /** A signed Exp-Golomb number (H.264 §9.1.1). */
  long se() {
    long code = ue();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }

  /** A number below {@code n} (at least 1), in as few bits as it needs (AV1 §4.10.7). */
  int nonSymmetric(int n) {
    int width = 32 - Integer.numberOfLeadingZeros(n);
    int shorter = (1 << width) - n;
    int value = (int) bits(width - 1);
    return value < shorter ? value : (value << 1) - shorter + (int) bits(1);
  }

  private int bit() {
    if (at >= end) {
      overrun = true;
      return 0;
    }
    int value = bytes[at] >> 7 - bit & 1;
    if (++bit == 8) {
      bit = 0;
      nextByte();
    }
    return value;
  }

  private void nextByte() {
    zeros = bytes[at] == 0 ? zeros + 1 : 0;
    at++;
    if (escaped && zeros >= 2 && at < end && bytes[at] == 3) {
      at++;
      zeros = 0;
    }
  }
}
