package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The numbers that all packets of a conference have inside the bridge, which forwards them as they
 * are: those that Jicofo gives to its clients, and some of our own for what it does not know.
 */
public final class CanonicalNumbers {
  private CanonicalNumbers() {}

  /** The payload type of that codec; empty when it has none here. */
  public static OptionalInt payloadType(Codec codec) {
    return switch (codec.name().toUpperCase(Locale.ROOT)) {
      case "OPUS" -> OptionalInt.of(111);
      case "VP8" -> OptionalInt.of(100);
      case "VP9" -> OptionalInt.of(101);
      case "H264" -> OptionalInt.of(107);
      case "AV1" -> OptionalInt.of(41);
      case "H265" -> OptionalInt.of(105);
      case "MULTIOPUS" -> OptionalInt.of(115);
      default -> OptionalInt.empty();
    };
  }

  /** The id of that extension; empty for those that end at the bridge. */
  public static OptionalInt extension(HeaderExtensionType type) {
    return switch (type) {
      case AUDIO_LEVEL -> OptionalInt.of(1);
      case DEPENDENCY_DESCRIPTOR -> OptionalInt.of(11);
      case VIDEO_ORIENTATION -> OptionalInt.of(13);
      default -> OptionalInt.empty();
    };
  }
}
