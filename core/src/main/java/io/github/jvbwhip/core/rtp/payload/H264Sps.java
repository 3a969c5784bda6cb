package io.github.jvbwhip.core.rtp.payload;

import org.jspecify.annotations.Nullable;

/** The picture size in an H.264 sequence parameter set (H.264 §7.3.2.1.1). */
final class H264Sps {
  private H264Sps() {}

  /**
   * Reads a parameter set that starts after the header byte of its unit; null when it is garbage.
   */
  static @Nullable VideoSize size(BitReader in) {
    int profile = (int) in.bits(8);
    in.skip(16);
    in.ue();
    long chromaFormat = 1;
    boolean separatePlanes = false;
    if (hasChromaFormat(profile)) {
      chromaFormat = in.ue();
      separatePlanes = chromaFormat == 3 && in.flag();
      in.ue();
      in.ue();
      in.skip(1);
      if (in.flag()) {
        skipScalingMatrix(in, chromaFormat == 3 ? 12 : 8);
      }
    }
    in.ue();
    skipPictureOrder(in);
    in.ue();
    in.skip(1);
    long widthInMacroblocks = in.ue() + 1;
    long heightInMapUnits = in.ue() + 1;
    boolean framesOnly = in.flag();
    if (!framesOnly) {
      in.skip(1);
    }
    in.skip(1);
    int mapUnit = framesOnly ? 1 : 2;
    long width = widthInMacroblocks * 16;
    long height = heightInMapUnits * 16 * mapUnit;
    if (in.flag()) {
      // In luma samples (H.264 §7.4.2.1.1, CropUnitX and CropUnitY).
      boolean subsampled = !separatePlanes && chromaFormat != 0;
      int unitX = subsampled && chromaFormat != 3 ? 2 : 1;
      int unitY = (subsampled && chromaFormat == 1 ? 2 : 1) * mapUnit;
      width -= (in.ue() + in.ue()) * unitX;
      height -= (in.ue() + in.ue()) * unitY;
    }
    return in.overrun() ? null : VideoSize.ofMeasured(width, height);
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void skipScalingMatrix(BitReader in, int lists) {
    for (int i = 0; i < lists && !in.overrun(); i++) {
      if (in.flag()) {
        skipScalingList(in, i < 6 ? 16 : 64);
      }
    }
  }

  private static void skipScalingList(BitReader in, int size) {
    long last = 8;
    long next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = last + in.se() + 256 & 0xFF;
      last = next == 0 ? last : next;
    }
  }

  private static void skipPictureOrder(BitReader in) {
    long type = in.ue();
    if (type == 0) {
      in.ue();
    } else if (type == 1) {
      in.skip(1);
      in.se();
      in.se();
      long cycle = in.ue();
      for (long i = 0; i < cycle && !in.overrun(); i++) {
        in.se();
      }
    }
  }
}
