package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * One m-section that a publisher sends.
 *
 * @param mid the media identification: an opaque token
 * @param codecs at least one, the client's preference first
 * @param encodings at least one; more than one is simulcast, in the order of {@code a=simulcast}
 */
public record IngestMedia(
    String mid,
    MediaKind kind,
    List<NegotiatedCodec> codecs,
    List<NegotiatedExtension> extensions,
    List<PlannedEncoding> encodings) {
  public IngestMedia {
    codecs = List.copyOf(codecs);
    extensions = List.copyOf(extensions);
    encodings = List.copyOf(encodings);
    if (codecs.isEmpty() || encodings.isEmpty()) {
      throw new IllegalArgumentException("a codec and an encoding are needed");
    }
  }

  /** The same with other codecs. */
  public IngestMedia withCodecs(List<NegotiatedCodec> other) {
    return new IngestMedia(mid, kind, other, extensions, encodings);
  }
}
