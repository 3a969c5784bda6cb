package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** VP9 (RFC 9628). */
final class Vp9Keyframes implements KeyframeDetector {
  private static final int KEYFRAME_SYNC_CODE = 0x498342;
  private static final int COLOR_SPACE_RGB = 7;

  @Override
  public boolean isKeyframe(byte[] b, int at, int length) {
    if (length < 1 || (b[at] & 0x48) != 0x08) {
      return false;
    }
    if ((b[at] & 0x20) == 0) {
      return true;
    }
    int layers = at + 1;
    if ((b[at] & 0x80) != 0) {
      layers += layers < at + length && b[layers] < 0 ? 2 : 1;
    }
    return layers < at + length && (b[layers] & 0x0E) == 0;
  }

  @Override
  public @Nullable VideoSize size(byte[] b, int at, int length) {
    Vp9Descriptor descriptor = new Vp9Descriptor();
    if (!descriptor.parse(b, at, length) || !descriptor.isKeyframe()) {
      return null;
    }
    VideoSize largest = descriptor.largestSize(b);
    return largest != null
        ? largest
        : uncompressedSize(BitReader.plain(b, descriptor.headerOffset(), at + length));
  }

  /** Reads the uncompressed header of a keyframe (VP9 bitstream specification §6.2, §7.2). */
  private static @Nullable VideoSize uncompressedSize(BitReader in) {
    long frameMarker = in.bits(2);
    int profile = (int) (in.bits(1) | in.bits(1) << 1);
    if (profile == 3) {
      in.skip(1);
    }
    boolean showExisting = in.flag();
    boolean interFrame = in.flag();
    in.skip(2);
    if (frameMarker != 2 || showExisting || interFrame || in.bits(24) != KEYFRAME_SYNC_CODE) {
      return null;
    }
    if (profile >= 2) {
      in.skip(1);
    }
    boolean rgb = in.bits(3) == COLOR_SPACE_RGB;
    boolean subsamplingGiven = profile == 1 || profile == 3;
    if (rgb) {
      in.skip(subsamplingGiven ? 1 : 0);
    } else {
      in.skip(subsamplingGiven ? 4 : 1);
    }
    long width = in.bits(16) + 1;
    long height = in.bits(16) + 1;
    return in.overrun() ? null : VideoSize.ofMeasured(width, height);
  }
}
