package io.github.jvbwhip.testpeer.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes that stand for compressed pictures and sound. */
final class Filler {
  private Filler() {}

  /** {@code start} followed by a pattern that has no H264 start codes in it. */
  static byte[] fill(byte[] start, int size) {
    byte[] data = Arrays.copyOf(start, Math.max(start.length, size));
    for (int i = start.length; i < data.length; i++) {
      data[i] = (byte) (0x40 | (i * 31 & 0x3f));
    }
    return data;
  }

  /** Cuts {@code data} into pieces of at most {@code largest} bytes. */
  static List<byte[]> cut(byte[] data, int largest) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < data.length; at += largest) {
      pieces.add(Arrays.copyOfRange(data, at, Math.min(data.length, at + largest)));
    }
    return pieces;
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
