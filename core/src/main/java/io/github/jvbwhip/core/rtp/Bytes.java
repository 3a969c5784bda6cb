package io.github.jvbwhip.core.rtp;

/** Unsigned big-endian integers in a byte array. Bounds are the caller's business. */
public final class Bytes {
  private Bytes() {}

  public static int u8(byte[] b, int at) {
    return b[at] & 0xFF;
  }

  public static int u16(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }

  public static int u24(byte[] b, int at) {
    return (b[at] & 0xFF) << 16 | u16(b, at + 1);
  }

  public static long u32(byte[] b, int at) {
    return (long) u16(b, at) << 16 | u16(b, at + 2);
  }

  /** Writes the low 8 bits of {@code value}. */
  public static void put8(byte[] b, int at, int value) {
    b[at] = (byte) value;
  }

  /** Writes the low 16 bits of {@code value}. */
  public static void put16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }

  /** Writes the low 24 bits of {@code value}. */
  public static void put24(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 16);
    put16(b, at + 1, value);
  }

  /** Writes the low 32 bits of {@code value}. */
  public static void put32(byte[] b, int at, long value) {
    put16(b, at, (int) (value >> 16));
    put16(b, at + 2, (int) value);
  }
}
