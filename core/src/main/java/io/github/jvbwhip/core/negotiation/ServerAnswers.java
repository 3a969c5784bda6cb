package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Accepted;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastId;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the answer to the server's offer: what a player accepts, under the player's numbers, or
 * what another server sends.
 */
final class ServerAnswers {
  private final ServerOfferPlan offered;
  private final SessionDescription description;
  private final NegotiationRules rules;
  private final boolean sending;

  /**
   * @param sending whether the other side is to send, and not to receive
   */
  private ServerAnswers(
      ServerOfferPlan offered,
      SessionDescription description,
      NegotiationRules rules,
      boolean sending) {
    this.offered = offered;
    this.description = description;
    this.rules = rules;
    this.sending = sending;
  }

  static EgressPlan plan(ServerOfferPlan offered, SessionDescription answer, NegotiationRules rules)
      throws NegotiationException {
    return new ServerAnswers(offered, answer, rules, false).plan();
  }

  static IngestPlan planSending(
      ServerOfferPlan offered, SessionDescription answer, NegotiationRules rules)
      throws NegotiationException {
    EgressPlan plan = new ServerAnswers(offered, answer, rules, true).plan();
    List<IngestMedia> media = new ArrayList<>();
    for (EgressMedia each : plan.media()) {
      int index = offered.media().stream().map(EgressMedia::mid).toList().indexOf(each.mid());
      media.add(
          new IngestMedia(
              each.mid(),
              each.kind(),
              each.codecs(),
              each.extensions(),
              Encodings.of(answer.media().get(index), false).planned()));
    }
    return new IngestPlan(plan.remote(), media, plan.outline());
  }

  private EgressPlan plan() throws NegotiationException {
    Offer answer = Offer.of(description, rules);
    List<OfferedSection> sections = answer.sections();
    if (sections.size() != offered.media().size()) {
      throw mismatch("Answer with as many m-sections as were offered.");
    }
    boolean allowMixed = IngestPlanner.allowsMixedExtensions(description);
    PayloadTypes payloadTypes = new PayloadTypes();
    List<OfferedSection> accepted = new ArrayList<>();
    List<EgressMedia> media = new ArrayList<>();
    List<Section> outline = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      OfferedSection section = sections.get(i);
      requireSameSection(section, offered.media().get(i));
      Optional<Accepted> kept = Optional.empty();
      if (!section.disabled() && section.direction() != Direction.INACTIVE) {
        requireDirection(section);
        kept = Optional.of(planSection(section, i, allowMixed, payloadTypes, media));
        accepted.add(section);
      }
      MediaDescription answered = section.media();
      outline.add(
          new Section(
              answered.media(), answered.protocol(), answered.formats(), answered.mid(), kept));
    }
    if (accepted.isEmpty()) {
      throw new NegotiationException(
          Reason.NO_MEDIA, "Accept at least one m-section of the offer.");
    }
    answer.requireBundle(accepted, rules);
    answer.requireRtcpMux(accepted, rules);
    return new EgressPlan(
        RemoteTransports.ofAnswer(description, answer.tagged(accepted).media(), rules),
        media,
        new AnswerOutline(outline, answer.answeredBundle(accepted), allowMixed));
  }

  private static void requireSameSection(OfferedSection section, EgressMedia media)
      throws NegotiationException {
    boolean same =
        section.kind().equals(Optional.of(media.kind())) && section.planMid().equals(media.mid());
    if (!same) {
      throw mismatch("Answer the m-sections in the order of the offer, with its mids.");
    }
  }

  private void requireDirection(OfferedSection section) throws NegotiationException {
    boolean right = sending ? section.direction().sends() : section.direction().receives();
    if (!right) {
      throw new NegotiationException(
          Reason.WRONG_DIRECTION,
          sending
              ? "A server sends: answer " + section.label() + " with sendonly."
              : "A player receives: answer " + section.label() + " with recvonly.");
    }
    if (!section.hasSecureTransport()) {
      throw mismatch("Answer with the transport protocol of the offer.");
    }
  }

  private Accepted planSection(
      OfferedSection section,
      int index,
      boolean allowMixed,
      PayloadTypes payloadTypes,
      List<EgressMedia> media)
      throws NegotiationException {
    EgressMedia offer = offered.media().get(index);
    List<Codec> codecs = offer.codecs().stream().map(c -> c.codec()).toList();
    Set<Feedback> feedback = EnumSet.noneOf(Feedback.class);
    offer.codecs().forEach(codec -> feedback.addAll(codec.feedback()));
    Set<HeaderExtensionType> types =
        offer.extensions().stream().map(NegotiatedExtension::type).collect(Collectors.toSet());
    ExtensionSelection.Selected selected =
        new ExtensionSelection(types, false, allowMixed, rules).select(section.media());
    CodecSelection selection =
        CodecSelection.of(
            OfferedFormats.of(section.media(), rules),
            offer.kind(),
            codec -> codecs.stream().anyMatch(own -> CodecMatcher.fit(own, codec).usable()),
            codecs.stream().anyMatch(own -> CodecType.of(own) == CodecType.RED),
            offer.codecs().stream().anyMatch(codec -> codec.rtxPayloadType().isPresent()),
            selected.possible(feedback));
    if (selection.codecs().isEmpty()) {
      throw new NegotiationException(
          Reason.NO_COMMON_CODEC, "Answer " + section.label() + " with a codec of the offer.");
    }
    payloadTypes.claim(selection.codecs());
    media.add(
        new EgressMedia(
            offer.mid(),
            offer.kind(),
            selection.codecs(),
            selected.extensions(),
            rids(offer, section.media(), selected.extensions())));
    return new Accepted(
        offer.kind(),
        offer.mid(),
        selection.formatParameters(),
        selected.lines(),
        section.media().has(Flag.RTCP_RSIZE),
        false);
  }

  /** Those of the encodings that the other side wants at a time; none where it takes one stream. */
  private static List<String> rids(
      EgressMedia offer, MediaDescription answer, List<NegotiatedExtension> extensions) {
    if (extensions.stream().noneMatch(each -> each.type() == HeaderExtensionType.RID)) {
      return List.of();
    }
    Set<String> taken =
        answer.first(Simulcast.class).map(Simulcast::recv).orElse(List.of()).stream()
            .flatMap(stream -> stream.alternatives().stream().limit(1))
            .filter(id -> !id.paused())
            .map(SimulcastId::rid)
            .collect(Collectors.toSet());
    return offer.rids().stream().filter(taken::contains).toList();
  }

  private static NegotiationException mismatch(String detail) {
    return new NegotiationException(Reason.ANSWER_MISMATCH, detail);
  }
}
