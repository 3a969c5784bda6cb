package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import io.github.jvbwhip.core.sdp.MediaDescription;
import java.util.List;
import java.util.Set;

/** Selects by what a bridge says of itself. */
final class SupportedCodecs {
  private SupportedCodecs() {}

  /**
   * @param offered names the section to a person
   * @throws NegotiationException {@code NO_COMMON_CODEC}, or {@code MALFORMED} for a broken m-line
   */
  static CodecSelection select(
      MediaDescription section,
      MediaKind kind,
      MediaCapabilities capabilities,
      Set<Feedback> feedback,
      OfferedSection offered,
      NegotiationRules rules)
      throws NegotiationException {
    List<String> names = names(capabilities, kind);
    CodecSelection selection =
        CodecSelection.of(
            OfferedFormats.of(section, rules),
            kind,
            codec -> has(names, codec.name()) && CodecMatcher.isWellFormed(codec),
            has(names, CodecType.RED.encodingName()),
            capabilities.rtx(),
            feedback);
    if (selection.codecs().isEmpty()) {
      throw new NegotiationException(
          Reason.NO_COMMON_CODEC,
          "Offer at least one of " + String.join(", ", names) + " in " + offered.label() + ".");
    }
    return selection;
  }

  private static boolean has(List<String> names, String name) {
    for (String known : names) {
      if (known.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  static List<String> names(MediaCapabilities capabilities, MediaKind kind) {
    return kind == MediaKind.AUDIO ? capabilities.audioCodecs() : capabilities.videoCodecs();
  }
}
