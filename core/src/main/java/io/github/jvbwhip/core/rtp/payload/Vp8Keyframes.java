package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** VP8 (RFC 7741). */
final class Vp8Keyframes implements KeyframeDetector {
  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    // Most packets are not the first of a frame: the first byte tells.
    if (length < 1 || (b[at] & 0x17) != 0x10) {
      return false;
    }
    int header = headerOffset(b, at, at + length);
    return header < at + length && (b[header] & 1) == 0;
  }

  /** Reads the frame header of RFC 6386 §9.1: tag, start code, then 14 bits each, little-endian. */
  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    if (!isKeyframe(b, at, length)) {
      return null;
    }
    int header = headerOffset(b, at, at + length);
    if (header + 10 > at + length
        || b[header + 3] != (byte) 0x9D
        || b[header + 4] != 0x01
        || b[header + 5] != 0x2A) {
      return null;
    }
    int width = (b[header + 6] & 0xFF) | (b[header + 7] & 0x3F) << 8;
    int height = (b[header + 8] & 0xFF) | (b[header + 9] & 0x3F) << 8;
    return VideoSize.ofMeasured(width, height);
  }

  /** Where the descriptor ends; may be past {@code end}. */
  private static int headerOffset(byte[] b, int at, int end) {
    if ((b[at] & 0x80) == 0) {
      return at + 1;
    }
    if (at + 2 >= end) {
      return end;
    }
    int present = b[at + 1];
    int header = at + 2;
    if ((present & 0x80) != 0) {
      header += b[header] < 0 ? 2 : 1;
    }
    header += (present & 0x40) != 0 ? 1 : 0;
    header += (present & 0x30) != 0 ? 1 : 0;
    return header;
  }
}
