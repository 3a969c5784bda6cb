package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Accepted;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans a player's session from its offer. A section that cannot be served is refused alone where
 * the rules allow it, as long as another one can.
 */
final class EgressPlanner {
  private final SessionDescription description;
  private final MediaCapabilities capabilities;
  private final NegotiationRules rules;
  private final List<Codec> preferred;
  private final CodecPreference allowed;

  private EgressPlanner(
      SessionDescription description,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<Codec> preferred,
      CodecPreference allowed) {
    this.description = description;
    this.capabilities = capabilities;
    this.rules = rules;
    this.preferred = preferred;
    this.allowed = allowed;
  }

  static EgressPlan plan(
      SessionDescription description,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<Codec> preferred,
      CodecPreference allowed)
      throws NegotiationException {
    return new EgressPlanner(description, capabilities, rules, preferred, allowed).plan();
  }

  private EgressPlan plan() throws NegotiationException {
    Offer offer = Offer.of(description, rules);
    if (offer.sections().stream().allMatch(OfferedSection::disabled)) {
      throw new NegotiationException(
          Reason.NO_MEDIA, "Offer an audio or a video m-section, or several.");
    }
    boolean allowMixed = IngestPlanner.allowsMixedExtensions(description);
    ExtensionSelection extensions =
        new ExtensionSelection(capabilities.egressExtensions(), false, allowMixed, rules);
    PayloadTypes payloadTypes = new PayloadTypes();
    List<OfferedSection> accepted = new ArrayList<>();
    List<EgressMedia> media = new ArrayList<>();
    List<Section> outline = new ArrayList<>();
    Optional<NegotiationException> refusal = Optional.empty();
    for (OfferedSection section : offer.sections()) {
      Optional<Accepted> answered = Optional.empty();
      try {
        answered = Optional.of(planSection(section, extensions, payloadTypes, media));
        accepted.add(section);
      } catch (NegotiationException e) {
        if (e.reason().malformed() || !rules.allows(Leniency.PARTIAL_EGRESS_ANSWER)) {
          throw e;
        }
        refusal = refusal.isPresent() ? refusal : Optional.of(e);
      }
      MediaDescription offered = section.media();
      outline.add(
          new Section(
              offered.media(), offered.protocol(), offered.formats(), offered.mid(), answered));
    }
    if (accepted.isEmpty()) {
      throw refusal.orElseThrow();
    }
    requireOneOfAKind(media);
    offer.requireBundle(accepted, rules);
    offer.requireRtcpMux(accepted, rules);
    return new EgressPlan(
        RemoteTransports.ofOffer(
            description, offer.tagged(accepted).media(), rules, capabilities.startsDtls()),
        media,
        new AnswerOutline(outline, offer.answeredBundle(accepted), allowMixed));
  }

  private Accepted planSection(
      OfferedSection section,
      ExtensionSelection extensions,
      PayloadTypes payloadTypes,
      List<EgressMedia> media)
      throws NegotiationException {
    MediaKind kind = requireServable(section);
    requireRoom(kind, section, media);
    MediaDescription offered = section.media();
    ExtensionSelection.Selected selected = extensions.select(offered);
    CodecSelection codecs =
        SupportedCodecs.select(
            offered,
            kind,
            capabilities,
            selected.possible(capabilities.egressFeedback()),
            section,
            rules);
    List<NegotiatedCodec> left = allowed.apply(kind, codecs.codecs(), section);
    media.add(
        new EgressMedia(
            section.planMid(),
            kind,
            publishedFirst(preferred, payloadTypes.claim(left)),
            selected.extensions()));
    return new Accepted(
        kind,
        section.planMid(),
        Stereo.isPublished(preferred) ? Stereo.answered(codecs) : codecs.formatParameters(),
        selected.lines(),
        offered.has(Flag.RTCP_RSIZE),
        false);
  }

  private void requireOneOfAKind(List<EgressMedia> media) throws NegotiationException {
    long kinds = media.stream().map(EgressMedia::kind).distinct().count();
    if (kinds < media.size() && !rules.allows(Leniency.SEVERAL_EGRESS_SECTIONS)) {
      throw new NegotiationException(
          Reason.TWO_MEDIA_OF_ONE_KIND, "Offer at most one audio and one video m-section.");
    }
  }

  private static MediaKind requireServable(OfferedSection section) throws NegotiationException {
    if (section.kind().isEmpty()) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED,
          "Remove " + section.label() + ": audio and video are sent, and nothing else.");
    }
    if (section.disabled()) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED, "Remove " + section.label() + ": its port is 0.");
    }
    if (!section.direction().receives()) {
      throw new NegotiationException(
          Reason.WRONG_DIRECTION,
          "A player receives: make "
              + section.label()
              + " recvonly, not "
              + section.direction().token()
              + ".");
    }
    if (!section.hasSecureTransport()) {
      throw new NegotiationException(
          Reason.UNSUPPORTED_TRANSPORT, "Offer UDP/TLS/RTP/SAVPF in " + section.label() + ".");
    }
    return section.kind().get();
  }

  private void requireRoom(MediaKind kind, OfferedSection section, List<EgressMedia> media)
      throws NegotiationException {
    if (media.stream().filter(before -> before.kind() == kind).count()
        >= rules.maxEgressSections()) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED,
          "Remove %s: a player gets at most %d m-sections of a kind."
              .formatted(section.label(), rules.maxEgressSections()));
    }
  }

  /** What is published comes first, the order that they have decides else. */
  static List<NegotiatedCodec> publishedFirst(List<Codec> preferred, List<NegotiatedCodec> codecs) {
    List<NegotiatedCodec> result = new ArrayList<>();
    for (Codec published : preferred) {
      CodecMatcher.best(published, codecs)
          .filter(codec -> !result.contains(codec))
          .ifPresent(result::add);
    }
    codecs.stream().filter(codec -> !result.contains(codec)).forEach(result::add);
    return result;
  }
}
