package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** Size of a picture, in pixels. */
public record VideoSize(int width, int height) {
  /** More than any WebRTC encoder makes; a larger value is garbage. */
  private static final int MAX_SIDE = 16384;

  /** The size, or null where a side is not in 1..16384. */
  static @Nullable VideoSize ofMeasured(long width, long height) {
    return width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE
        ? new VideoSize((int) width, (int) height)
        : null;
  }

  /** Number of pixels: the order of encodings. */
  public int pixels() {
    return width * height;
  }
}
