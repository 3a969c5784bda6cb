package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Accepted;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans the server's own offers: one section of each kind that the bridge has codecs for. */
final class ServerOffers {
  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

  /** Feedback that browsers give for audio. */
  private static final Set<Feedback> AUDIO_FEEDBACK =
      EnumSet.of(Feedback.NACK, Feedback.TRANSPORT_CC);

  /** Extensions that mean something for one kind alone. */
  private static final Map<HeaderExtensionType, MediaKind> OF_ONE_KIND =
      Map.of(
          HeaderExtensionType.AUDIO_LEVEL, MediaKind.AUDIO,
          HeaderExtensionType.VIDEO_ORIENTATION, MediaKind.VIDEO,
          HeaderExtensionType.DEPENDENCY_DESCRIPTOR, MediaKind.VIDEO,
          HeaderExtensionType.VIDEO_LAYERS_ALLOCATION, MediaKind.VIDEO);

  private ServerOffers() {}

  static ServerOfferPlan plan(
      MediaCapabilities capabilities, List<Codec> preferred, CodecPreference allowed) {
    List<EgressMedia> media = new ArrayList<>();
    PayloadNumbers numbers = new PayloadNumbers();
    for (MediaKind kind : MediaKind.values()) {
      List<NegotiatedCodec> codecs =
          EgressPlanner.publishedFirst(
              preferred, allowed.apply(kind, codecs(capabilities, kind, preferred, numbers)));
      if (!codecs.isEmpty()) {
        String mid = String.valueOf(media.size());
        media.add(new EgressMedia(mid, kind, codecs, extensions(capabilities, kind)));
      }
    }
    return new ServerOfferPlan(media);
  }

  /** The same with nothing but what is published. */
  static ServerOfferPlan ofPublished(
      MediaCapabilities capabilities, List<Codec> published, List<String> rids) {
    List<EgressMedia> media = new ArrayList<>();
    for (EgressMedia each : plan(capabilities, published, CodecPreference.NONE).media()) {
      List<NegotiatedCodec> codecs =
          each.codecs().stream()
              .filter(
                  codec ->
                      published.stream()
                          .anyMatch(sent -> CodecMatcher.sameFormat(sent, codec.codec())))
              .toList();
      if (!codecs.isEmpty()) {
        boolean simulcast = each.kind() == MediaKind.VIDEO && rids.size() > 1;
        media.add(
            new EgressMedia(
                each.mid(),
                each.kind(),
                codecs,
                simulcast ? named(each.extensions()) : each.extensions(),
                simulcast ? rids : List.of()));
      }
    }
    return new ServerOfferPlan(media);
  }

  /** With those by which the packets of several encodings are told apart (RFC 8852). */
  private static List<NegotiatedExtension> named(List<NegotiatedExtension> extensions) {
    List<NegotiatedExtension> all = new ArrayList<>(extensions);
    all.add(extension(HeaderExtensionType.RID));
    all.add(extension(HeaderExtensionType.REPAIRED_RID));
    return all;
  }

  private static NegotiatedExtension extension(HeaderExtensionType type) {
    return new NegotiatedExtension(type.ordinal() + 1, type);
  }

  private static List<NegotiatedCodec> codecs(
      MediaCapabilities capabilities,
      MediaKind kind,
      List<Codec> preferred,
      PayloadNumbers numbers) {
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    feedback.addAll(capabilities.egressFeedback());
    if (kind == MediaKind.AUDIO) {
      feedback.retainAll(AUDIO_FEEDBACK);
    }
    if (!capabilities.egressExtensions().contains(HeaderExtensionType.TRANSPORT_CC)) {
      feedback.remove(Feedback.TRANSPORT_CC);
    }
    List<NegotiatedCodec> result = new ArrayList<>();
    for (Codec codec : CanonicalCodecs.choose(capabilities, kind, preferred)) {
      boolean rtx = kind == MediaKind.VIDEO && capabilities.rtx();
      OptionalInt fixed = CodecType.of(codec).staticPayloadType();
      OptionalInt number = fixed.isPresent() ? fixed : numbers.next(rtx ? 2 : 1);
      if (number.isPresent()) {
        int payloadType = number.getAsInt();
        OptionalInt repair = rtx ? OptionalInt.of(payloadType + 1) : OptionalInt.empty();
        result.add(new NegotiatedCodec(payloadType, codec, repair, feedback));
      }
    }
    return result;
  }

  /** One id for one type, in both sections. */
  private static List<NegotiatedExtension> extensions(
      MediaCapabilities capabilities, MediaKind kind) {
    List<NegotiatedExtension> result = new ArrayList<>();
    for (HeaderExtensionType type : HeaderExtensionType.values()) {
      if (capabilities.egressExtensions().contains(type)
          && OF_ONE_KIND.getOrDefault(type, kind) == kind) {
        result.add(extension(type));
      }
    }
    return result;
  }

  /** What {@link DescriptionWriter} needs to write the offer. */
  static AnswerOutline outline(ServerOfferPlan plan) {
    List<Section> sections = new ArrayList<>();
    for (EgressMedia media : plan.media()) {
      List<ExtMap> extensions = new ArrayList<>();
      for (NegotiatedExtension extension : media.extensions()) {
        extensions.add(
            new ExtMap(extension.id(), Optional.empty(), extension.type().uri(), Optional.empty()));
      }
      Accepted accepted =
          new Accepted(
              media.kind(), media.mid(), parameters(media.codecs()), extensions, true, false);
      sections.add(
          new Section(
              media.kind().sdpName(),
              PROTOCOL,
              List.of(),
              Optional.of(media.mid()),
              Optional.of(accepted)));
    }
    List<String> bundle = plan.media().stream().map(EgressMedia::mid).toList();
    return new AnswerOutline(sections, bundle, true);
  }

  private static List<Fmtp> parameters(List<NegotiatedCodec> codecs) {
    List<Fmtp> result = new ArrayList<>();
    for (NegotiatedCodec negotiated : codecs) {
      Codec codec = negotiated.codec();
      if (CodecType.of(codec) == CodecType.RED) {
        redBlocks(codecs)
            .ifPresent(blocks -> result.add(new Fmtp(negotiated.payloadType(), blocks)));
      } else if (!codec.parameters().isEmpty()) {
        String text =
            codec.parameters().entrySet().stream()
                .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(";"));
        result.add(new Fmtp(negotiated.payloadType(), text));
      }
      if (negotiated.rtxPayloadType().isPresent()) {
        result.add(
            new Fmtp(negotiated.rtxPayloadType().getAsInt(), "apt=" + negotiated.payloadType()));
      }
    }
    return result;
  }

  private static Optional<String> redBlocks(List<NegotiatedCodec> codecs) {
    return codecs.stream()
        .filter(codec -> CodecType.of(codec.codec()) == CodecType.OPUS)
        .findFirst()
        .map(opus -> opus.payloadType() + "/" + opus.payloadType());
  }
}
