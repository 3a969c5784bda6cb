package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * One m-section that a player receives.
 *
 * @param mid the media identification: an opaque token
 * @param codecs at least one: all that may be sent, with the player's numbers
 */
public record EgressMedia(
    String mid,
    MediaKind kind,
    List<NegotiatedCodec> codecs,
    List<NegotiatedExtension> extensions) {
  public EgressMedia {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    if (codecs.isEmpty()) {
      throw new IllegalArgumentException("a codec is needed");
    }
  }
}
