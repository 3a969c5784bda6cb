package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** The largest picture size in an AV1 sequence header (AV1 §5.5.1). */
final class Av1SequenceHeader {
  private Av1SequenceHeader() {}

  /** Reads a sequence header that starts after the header of its unit; null when it is garbage. */
  static @Nullable VideoSize size(BitReader in) {
    in.skip(4);
    boolean reduced = in.flag();
    if (reduced) {
      in.skip(5);
    } else {
      skipOperatingPoints(in);
    }
    int widthBits = (int) in.bits(4) + 1;
    int heightBits = (int) in.bits(4) + 1;
    long width = in.bits(widthBits) + 1;
    long height = in.bits(heightBits) + 1;
    return in.overrun() ? null : VideoSize.ofMeasured(width, height);
  }

  private static void skipOperatingPoints(BitReader in) {
    int delayBits = 0;
    if (in.flag()) {
      in.skip(64);
      if (in.flag()) {
        in.ue();
      }
      if (in.flag()) {
        delayBits = (int) in.bits(5) + 1;
        in.skip(42);
      }
    }
    boolean displayDelay = in.flag();
    int points = (int) in.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      in.skip(12);
      if (in.bits(5) > 7) {
        in.skip(1);
      }
      if (delayBits > 0 && in.flag()) {
        in.skip(2 * delayBits + 1);
      }
      if (displayDelay && in.flag()) {
        in.skip(4);
      }
    }
  }
}
