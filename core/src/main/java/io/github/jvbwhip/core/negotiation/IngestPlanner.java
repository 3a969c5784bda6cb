package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Accepted;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.negotiation.Offer.OfferedSection;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Msid;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans a publisher's session: all m-sections are accepted, or none (RFC 9725 §4.4.3). */
final class IngestPlanner {
  /** More than any encoder sends; a bridge holds state for each. */
  private static final int MAX_ENCODINGS = 8;

  private final SessionDescription description;
  private final MediaCapabilities capabilities;
  private final NegotiationRules rules;

  private IngestPlanner(
      SessionDescription description, MediaCapabilities capabilities, NegotiationRules rules) {
    this.description = description;
    this.capabilities = capabilities;
    this.rules = rules;
  }

  static IngestPlan plan(
      SessionDescription description, MediaCapabilities capabilities, NegotiationRules rules)
      throws NegotiationException {
    return new IngestPlanner(description, capabilities, rules).plan();
  }

  private IngestPlan plan() throws NegotiationException {
    Offer offer = Offer.of(description, rules);
    List<OfferedSection> sections = offer.sections();
    if (sections.stream().allMatch(OfferedSection::disabled)) {
      throw new NegotiationException(
          Reason.NO_MEDIA, "Offer an audio or a video m-section, or one of each.");
    }
    requireAcceptableSections(sections);
    offer.requireBundle(sections, rules);
    offer.requireRtcpMux(sections, rules);
    requireOneStream(sections);
    RemoteTransport remote =
        RemoteTransports.ofOffer(
            description, offer.tagged(sections).media(), rules, capabilities.startsDtls());

    boolean allowMixed = allowsMixedExtensions(description);
    ExtensionSelection extensions =
        new ExtensionSelection(capabilities.ingestExtensions(), true, allowMixed, rules);
    PayloadTypes payloadTypes = new PayloadTypes();
    List<IngestMedia> media = new ArrayList<>();
    List<Section> outline = new ArrayList<>();
    for (OfferedSection section : sections) {
      planSection(section, extensions, payloadTypes, media, outline);
    }
    return new IngestPlan(
        remote, media, new AnswerOutline(outline, offer.answeredBundle(sections), allowMixed));
  }

  static boolean allowsMixedExtensions(SessionDescription description) {
    return description.has(Flag.EXTMAP_ALLOW_MIXED)
        || (!description.media().isEmpty()
            && description.media().stream().allMatch(m -> m.has(Flag.EXTMAP_ALLOW_MIXED)));
  }

  private void planSection(
      OfferedSection section,
      ExtensionSelection extensions,
      PayloadTypes payloadTypes,
      List<IngestMedia> media,
      List<Section> outline)
      throws NegotiationException {
    MediaKind kind = section.kind().orElseThrow();
    MediaDescription offered = section.media();
    ExtensionSelection.Selected selected = extensions.select(offered);
    CodecSelection codecs =
        SupportedCodecs.select(
            offered,
            kind,
            capabilities,
            selected.possible(capabilities.ingestFeedback()),
            section,
            rules);
    payloadTypes.claim(codecs.codecs());
    Encodings encodings =
        Encodings.of(offered, capabilities.simulcast() && kind == MediaKind.VIDEO);
    if (encodings.planned().size() > MAX_ENCODINGS) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED, "Send at most " + MAX_ENCODINGS + " simulcast encodings.");
    }
    media.add(
        new IngestMedia(
            section.planMid(), kind, codecs.codecs(), selected.extensions(), encodings.planned()));
    outline.add(
        new Section(
            offered.media(),
            offered.protocol(),
            offered.formats(),
            offered.mid(),
            Optional.of(
                new Accepted(
                    kind,
                    section.planMid(),
                    codecs.formatParameters(),
                    selected.lines(),
                    offered.has(Flag.RTCP_RSIZE),
                    encodings.simulcast()))));
  }

  /** At most one audio and one video, sending, over DTLS-SRTP, and nothing else. */
  private static void requireAcceptableSections(List<OfferedSection> sections)
      throws NegotiationException {
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    for (OfferedSection section : sections) {
      if (section.kind().isEmpty()) {
        throw new NegotiationException(
            Reason.SECTION_REFUSED,
            "Remove " + section.label() + ": audio and video are taken, and nothing else.");
      }
      if (section.disabled()) {
        throw new NegotiationException(
            Reason.SECTION_REFUSED, "Remove " + section.label() + ": its port is 0.");
      }
      if (!kinds.add(section.kind().get())) {
        throw new NegotiationException(
            Reason.TWO_MEDIA_OF_ONE_KIND,
            "Offer at most one audio and one video m-section; publish a second "
                + section.media().media()
                + " track as a stream of its own.");
      }
      if (!section.direction().sends()) {
        throw new NegotiationException(
            Reason.WRONG_DIRECTION,
            "A publisher sends: make "
                + section.label()
                + " sendonly, not "
                + section.direction().token()
                + ".");
      }
      if (!section.hasSecureTransport()) {
        throw new NegotiationException(
            Reason.UNSUPPORTED_TRANSPORT, "Offer UDP/TLS/RTP/SAVPF in " + section.label() + ".");
      }
    }
  }

  /** RFC 9725 §4.4.2; {@code -} stands for no stream (RFC 8830 §2). */
  private void requireOneStream(List<OfferedSection> sections) throws NegotiationException {
    Set<String> streams = new LinkedHashSet<>();
    for (OfferedSection section : sections) {
      List<Msid> msids = section.media().all(Msid.class);
      if (msids.isEmpty() && !rules.allows(Leniency.MISSING_MSID)) {
        throw new NegotiationException(
            Reason.MISSING_STREAM, "Add a=msid to " + section.label() + ".");
      }
      msids.forEach(msid -> streams.add(msid.stream()));
      if (msids.isEmpty()) {
        sourceStream(section.media()).ifPresent(streams::add);
      }
    }
    if (rules.allows(Leniency.MISSING_MSID)) {
      streams.remove(Msid.NO_STREAM);
    }
    if (streams.size() > 1) {
      throw new NegotiationException(
          Reason.SEVERAL_STREAMS,
          "Put all tracks into one MediaStream: the a=msid lines name " + streams.size() + ".");
    }
  }

  /** The stream in {@code a=ssrc:1 msid:stream track}, as written before RFC 8830. */
  private static Optional<String> sourceStream(MediaDescription media) {
    for (Ssrc source : media.all(Ssrc.class)) {
      if (source.text().startsWith("msid:")) {
        String value = source.text().substring("msid:".length()).strip();
        int space = value.indexOf(' ');
        return Optional.of(space < 0 ? value : value.substring(0, space));
      }
    }
    return Optional.empty();
  }
}
