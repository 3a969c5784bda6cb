package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import java.util.List;

/** The numbers that an endpoint uses for one kind of media. */
public record MediaPlan(
    MediaKind kind, List<NegotiatedCodec> codecs, List<NegotiatedExtension> extensions) {
  public MediaPlan {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
  }
}
