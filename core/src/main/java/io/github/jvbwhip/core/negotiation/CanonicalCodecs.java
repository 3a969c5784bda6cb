package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.ArrayList;
import java.util.List;

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
      CodecType.named(name).usual().forEach(codec -> addNew(result, codec));
    }
    if (Stereo.isPublished(preferred)) {
      result.replaceAll(Stereo::offered);
    }
    return result;
  }

  private static void addNew(List<Codec> codecs, Codec codec) {
    if (codecs.stream().noneMatch(known -> CodecMatcher.sameFormat(known, codec))) {
      codecs.add(codec);
    }
  }
}
