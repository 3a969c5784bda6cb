package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * One m-section that a player receives.
 *
 * @param mid the media identification: an opaque token
 * @param codecs at least one: all that may be sent, with the player's numbers
 * @param rids the encodings that are sent at a time, each in a stream of its own (RFC 8853); empty
 *     for one stream, of any encoding. Only to servers that a {@link CallingBridge} calls
 */
public record EgressMedia(
    String mid,
    MediaKind kind,
    List<NegotiatedCodec> codecs,
    List<NegotiatedExtension> extensions,
    List<String> rids) {
  public EgressMedia {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    rids = List.copyOf(rids);
    if (codecs.isEmpty()) {
      throw new IllegalArgumentException("a codec is needed");
    }
  }

  /** In one stream. */
  public EgressMedia(
      String mid,
      MediaKind kind,
      List<NegotiatedCodec> codecs,
      List<NegotiatedExtension> extensions) {
    this(mid, kind, codecs, extensions, List.of());
  }
}
