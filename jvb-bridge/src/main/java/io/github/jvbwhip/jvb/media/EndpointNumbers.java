package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.codec.CodecType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The numbers that whoever manages a conference has given to one of its endpoints: a bridge without
 * the plugin's hooks understands its packets by these alone.
 *
 * @param payloadTypes by codec
 * @param repairs the payload types of retransmissions (RFC 4588), by the codec of what they repeat
 * @param extensions the ids of header extensions
 */
public record EndpointNumbers(
    Map<CodecType, Integer> payloadTypes,
    Map<CodecType, Integer> repairs,
    Map<HeaderExtensionType, Integer> extensions) {

  public EndpointNumbers {
    payloadTypes = Map.copyOf(payloadTypes);
    repairs = Map.copyOf(repairs);
    extensions = Map.copyOf(extensions);
  }

  /** What a publisher of that m-section sends with just these numbers; it may have no codec. */
  public List<NegotiatedCodec> codecs(IngestMedia offered) {
    return codecs(offered, extensions(offered));
  }

  /**
   * The m-section with what has just these numbers. The ids of header extensions cannot be changed
   * by an answer (RFC 8285 section 6), and not every client sends with an answer's payload types.
   *
   * @throws IllegalArgumentException where it has no codec of these
   */
  public IngestMedia common(IngestMedia offered) {
    List<NegotiatedExtension> ids = extensions(offered);
    List<NegotiatedCodec> codecs = codecs(offered, ids);
    boolean repaired = codecs.stream().anyMatch(c -> c.rtxPayloadType().isPresent());
    List<PlannedEncoding> encodings =
        offered.encodings().stream().map(e -> repaired ? e : withoutRepair(e)).toList();
    return new IngestMedia(offered.mid(), offered.kind(), codecs, ids, encodings);
  }

  private List<NegotiatedExtension> extensions(IngestMedia offered) {
    return offered.extensions().stream()
        .filter(e -> Integer.valueOf(e.id()).equals(extensions.get(e.type())))
        .toList();
  }

  private List<NegotiatedCodec> codecs(IngestMedia offered, List<NegotiatedExtension> ids) {
    boolean feedback = ids.stream().anyMatch(e -> e.type() == HeaderExtensionType.TRANSPORT_CC);
    return offered.codecs().stream()
        .filter(c -> CodecType.of(c.codec()) != CodecType.RED) // It names another payload type.
        .filter(c -> isOf(payloadTypes, c, OptionalInt.of(c.payloadType())))
        .map(
            c ->
                new NegotiatedCodec(
                    c.payloadType(),
                    c.codec(),
                    isOf(repairs, c, c.rtxPayloadType()) ? c.rtxPayloadType() : OptionalInt.empty(),
                    feedback ? c.feedback() : without(Feedback.TRANSPORT_CC, c.feedback())))
        .toList();
  }

  private static boolean isOf(
      Map<CodecType, Integer> numbers, NegotiatedCodec codec, OptionalInt number) {
    Integer own = numbers.get(CodecType.of(codec.codec()));
    return own != null && number.equals(OptionalInt.of(own));
  }

  private static Set<Feedback> without(Feedback one, Set<Feedback> all) {
    Set<Feedback> others = new HashSet<>(all);
    others.remove(one);
    return others;
  }

  private static PlannedEncoding withoutRepair(PlannedEncoding encoding) {
    return new PlannedEncoding(encoding.rid(), encoding.ssrc(), OptionalLong.empty());
  }
}
