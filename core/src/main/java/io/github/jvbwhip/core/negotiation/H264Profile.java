package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import java.util.Locale;

/** The profile in {@code profile-level-id} (RFC 6184 §8.1, table 5). */
enum H264Profile {
  CONSTRAINED_BASELINE,
  BASELINE,
  MAIN,
  EXTENDED,
  CONSTRAINED_HIGH,
  HIGH,
  HIGH_10,
  HIGH_422,
  HIGH_444,
  OTHER;

  /** The profile of a codec that does not say: Baseline. */
  private static final String DEFAULT_LEVEL_ID = "42000a";

  private static String levelId(Codec codec) {
    String text = codec.parameter("profile-level-id", DEFAULT_LEVEL_ID).toLowerCase(Locale.ROOT);
    return text.length() == 6 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0)
        ? text
        : "";
  }

  /** The macroblocks of the largest frame of the codec's level (ITU-T H.264 table A-1). */
  static int frameSize(Codec codec) {
    String text = levelId(codec);
    int level = text.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(text, 4, 6, 16);
    if (level <= 10) {
      return 99;
    } else if (level <= 20) {
      return 396;
    } else if (level <= 21) {
      return 792;
    } else if (level <= 30) {
      return 1620;
    } else if (level <= 31) {
      return 3600;
    } else if (level <= 32) {
      return 5120;
    } else if (level <= 41) {
      return 8192;
    } else if (level <= 42) {
      return 8704;
    }
    return level <= 50 ? 22_080 : Integer.MAX_VALUE;
  }

  static H264Profile of(Codec codec) {
    String text = levelId(codec);
    if (text.isEmpty()) {
      return OTHER;
    }
    int idc = Integer.parseInt(text, 0, 2, 16);
    int iop = Integer.parseInt(text, 2, 4, 16);
    return switch (idc) {
      case 0x42 -> (iop & 0x4F) == 0x40 ? CONSTRAINED_BASELINE : BASELINE;
      case 0x4D -> (iop & 0x8F) == 0x80 ? CONSTRAINED_BASELINE : MAIN;
      case 0x58 ->
          switch (iop & 0xCF) {
            case 0xC0 -> CONSTRAINED_BASELINE;
            case 0x80 -> BASELINE;
            default -> EXTENDED;
          };
      case 0x64 -> iop == 0x0C ? CONSTRAINED_HIGH : HIGH;
      case 0x6E -> HIGH_10;
      case 0x7A -> HIGH_422;
      case 0xF4 -> HIGH_444;
      default -> OTHER;
    };
  }

  /** Whether a decoder of this profile decodes all of the other (ITU-T H.264 annex A.2). */
  boolean decodes(H264Profile other) {
    if (this == other) {
      return true;
    }
    return switch (this) {
      case BASELINE, MAIN, CONSTRAINED_HIGH -> other == CONSTRAINED_BASELINE;
      case EXTENDED -> other == BASELINE || other == CONSTRAINED_BASELINE;
      case HIGH -> other == CONSTRAINED_BASELINE || other == MAIN || other == CONSTRAINED_HIGH;
      case HIGH_10, HIGH_422, HIGH_444 ->
          other.ordinal() < ordinal() && other != BASELINE && other != EXTENDED;
      default -> false;
    };
  }
}
