package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** The picture size in an H.265 sequence parameter set (H.265 §7.3.2.2.1). */
final class H265Sps {
  private static final int PROFILE_BITS = 88;
  private static final int LEVEL_BITS = 8;

  private H265Sps() {}

  /** Reads a parameter set that starts after the header of its unit; null when it is garbage. */
  static @Nullable VideoSize size(BitReader in) {
    in.skip(4);
    int subLayers = (int) in.bits(3);
    in.skip(1);
    skipProfileTierLevel(in, subLayers);
    in.ue();
    long chromaFormat = in.ue();
    boolean separatePlanes = chromaFormat == 3 && in.flag();
    long width = in.ue();
    long height = in.ue();
    if (in.flag()) {
      boolean subsampled = !separatePlanes && chromaFormat != 0;
      width -= (in.ue() + in.ue()) * (subsampled && chromaFormat != 3 ? 2 : 1);
      height -= (in.ue() + in.ue()) * (subsampled && chromaFormat == 1 ? 2 : 1);
    }
    return in.overrun() ? null : VideoSize.ofMeasured(width, height);
  }

  /** H.265 §7.3.3. */
  private static void skipProfileTierLevel(BitReader in, int subLayers) {
    in.skip(PROFILE_BITS + LEVEL_BITS);
    int skipped = 0;
    for (int i = 0; i < subLayers; i++) {
      skipped += in.flag() ? PROFILE_BITS : 0;
      skipped += in.flag() ? LEVEL_BITS : 0;
    }
    if (subLayers > 0) {
      in.skip(2 * (8 - subLayers));
    }
    in.skip(skipped);
  }
}
