package io.github.jvbwhip.core.codec;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a publisher sends, as far as that is known: it negotiates many codecs, and sends one. */
public final class SentCodecs {
  private SentCodecs() {}

  /**
   * The codecs to reckon with.
   *
   * @param negotiated all that it may send, its preference first
   * @param seen those of its packets
   * @return of each kind those that were seen, or all while none was; in the order of preference
   */
  public static List<Codec> of(List<Codec> negotiated, Collection<Codec> seen) {
    List<Codec> result = new ArrayList<>();
    for (Codec codec : negotiated) {
      if (seen.contains(codec) || !isKnown(codec.kind(), seen)) {
        result.add(codec);
      }
    }
    return result;
  }

  /** Redundant audio says nothing of the codec that is in it. */
  private static boolean isKnown(MediaKind kind, Collection<Codec> seen) {
    List<Codec> ofKind = seen.stream().filter(codec -> codec.kind() == kind).toList();
    return !ofKind.isEmpty()
        && ofKind.stream().noneMatch(codec -> CodecType.of(codec) == CodecType.RED);
  }
}
