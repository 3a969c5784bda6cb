package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats that the server offers for a codec name when nobody has named parameters. */
final class CanonicalCodecs {
  private CanonicalCodecs() {}

  /** What is published and supported, best first; then every supported name's usual formats. */
  static List<Codec> choose(MediaCapabilities capabilities, MediaKind kind, List<Codec> preferred) {
    List<String> names = SupportedCodecs.names(capabilities, kind);
    List<Codec> result = new ArrayList<>();
    for (Codec codec : preferred) {
      if (codec.kind() == kind && names.stream().anyMatch(codec::is)) {
        addNew(result, codec);
      }
    }
    for (String name : names) {
      usual(kind, name).forEach(codec -> addNew(result, codec));
    }
    return result;
  }

  private static void addNew(List<Codec> codecs, Codec codec) {
    if (codecs.stream().noneMatch(known -> CodecMatcher.sameFormat(known, codec))) {
      codecs.add(codec);
    }
  }

  private static List<Codec> usual(MediaKind kind, String name) {
    if (kind == MediaKind.AUDIO) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "opus" -> List.of(audio(name, 48_000, 2, "minptime", "10", "useinbandfec", "1"));
        case "red" -> List.of(audio(name, 48_000, 2));
        case "multiopus" ->
            List.of(
                audio(
                    name,
                    48_000,
                    6,
                    "channel_mapping",
                    "0,4,1,2,3,5",
                    "num_streams",
                    "4",
                    "coupled_streams",
                    "2"));
        case "pcmu", "pcma", "g722" -> List.of(audio(name, 8000, 1));
        default -> List.of();
      };
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "vp8" -> List.of(video(name));
      case "vp9" -> List.of(video(name, "profile-id", "0"), video(name, "profile-id", "2"));
      case "h264" -> List.of(h264(name, "42e01f"), h264(name, "4d001f"), h264(name, "64001f"));
      case "h265" -> List.of(video(name, "profile-id", "1", "tier-flag", "0", "level-id", "93"));
      case "av1" -> List.of(video(name, "profile", "0", "level-idx", "5", "tier", "0"));
      default -> List.of();
    };
  }

  private static Codec h264(String name, String profileLevelId) {
    return video(
        name,
        "profile-level-id",
        profileLevelId,
        "packetization-mode",
        "1",
        "level-asymmetry-allowed",
        "1");
  }

  private static Codec audio(String name, int clockRate, int channels, String... parameters) {
    return new Codec(MediaKind.AUDIO, name, clockRate, channels, map(parameters));
  }

  private static Codec video(String name, String... parameters) {
    return new Codec(MediaKind.VIDEO, name, 90_000, 1, map(parameters));
  }

  private static Map<String, String> map(String... pairs) {
    Map<String, String> result = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      result.put(pairs[i], pairs[i + 1]);
    }
    return result;
  }
}
