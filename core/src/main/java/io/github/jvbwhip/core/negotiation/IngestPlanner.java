package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
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

/**
 * Plans a publisher's session: all m-sections with audio or video are accepted, or none (RFC 9725
 * §4.4.3).
 */
final class IngestPlanner {
  /** More than any encoder sends; a bridge holds state for each. */
  private static final int MAX_ENCODINGS = 8;

  private final SessionDescription description;
  private final MediaCapabilities capabilities;
  private final NegotiationRules rules;
  private final List<CodecPreference> preferences;

  private IngestPlanner(
      SessionDescription description,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<CodecPreference> preferences) {
    this.description = description;
    this.capabilities = capabilities;
    this.rules = rules;
    this.preferences = preferences;
  }

  static IngestPlan plan(
      SessionDescription description,
      MediaCapabilities capabilities,
      NegotiationRules rules,
      List<CodecPreference> preferences)
      throws NegotiationException {
    return new IngestPlanner(description, capabilities, rules, preferences).plan();
  }

  private IngestPlan plan() throws NegotiationException {
    Offer offer = Offer.of(description, rules);
    List<OfferedSection> sections = offer.sections();
    if (sections.stream().allMatch(OfferedSection::disabled)) {
      throw new NegotiationException(
          Reason.NO_MEDIA, "Offer an audio or a video m-section, or one of each.");
    }
    List<OfferedSection> accepted = acceptable(sections);
    offer.requireBundle(accepted, rules);
    offer.requireRtcpMux(accepted, rules);
    requireOneStream(accepted);
    RemoteTransport remote =
        RemoteTransports.ofOffer(
            description, offer.tagged(accepted).media(), rules, capabilities.startsDtls());

    boolean allowMixed = allowsMixedExtensions(description);
    ExtensionSelection extensions =
        new ExtensionSelection(capabilities.ingestExtensions(), true, allowMixed, rules);
    PayloadTypes payloadTypes = new PayloadTypes();
    List<IngestMedia> media = new ArrayList<>();
    List<Section> outline = new ArrayList<>();
    for (OfferedSection section : sections) {
      MediaDescription offered = section.media();
      Optional<Accepted> answered =
          accepted.contains(section)
              ? Optional.of(planSection(section, extensions, payloadTypes, media))
              : Optional.empty();
      outline.add(
          new Section(
              offered.media(), offered.protocol(), offered.formats(), offered.mid(), answered));
    }
    SeveralTracks.requireOwnSsrcs(accepted, media);
    SeveralTracks.requireTold(accepted, media);
    return new IngestPlan(
        remote, media, new AnswerOutline(outline, offer.answeredBundle(accepted), allowMixed));
  }

  static boolean allowsMixedExtensions(SessionDescription description) {
    return description.has(Flag.EXTMAP_ALLOW_MIXED)
        || (!description.media().isEmpty()
            && description.media().stream().allMatch(m -> m.has(Flag.EXTMAP_ALLOW_MIXED)));
  }

  private Accepted planSection(
      OfferedSection section,
      ExtensionSelection extensions,
      PayloadTypes payloadTypes,
      List<IngestMedia> media)
      throws NegotiationException {
    MediaKind kind = section.kind().orElseThrow();
    MediaDescription offered = section.media();
    ExtensionSelection.Selected selected = extensions.select(offered, unwanted(kind, media));
    CodecSelection codecs =
        SupportedCodecs.select(
            offered,
            kind,
            capabilities,
            selected.possible(capabilities.ingestFeedback()),
            section,
            rules);
    List<NegotiatedCodec> accepted = payloadTypes.claim(preferred(codecs.codecs(), kind, section));
    Encodings encodings =
        Encodings.of(offered, capabilities.simulcast() && kind == MediaKind.VIDEO);
    if (encodings.planned().size() > MAX_ENCODINGS
        && !encodings.simulcast()
        && rules.allows(Leniency.LARGE_SSRC_GROUP)) {
      encodings = Encodings.of(offered, false);
    } else if (encodings.planned().size() > MAX_ENCODINGS) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED, "Send at most " + MAX_ENCODINGS + " simulcast encodings.");
    }
    media.add(
        new IngestMedia(
            section.planMid(), kind, accepted, selected.extensions(), encodings.planned()));
    return new Accepted(
        kind,
        section.planMid(),
        codecs.formatParameters(),
        selected.lines(),
        offered.has(Flag.RTCP_RSIZE),
        encodings.simulcast());
  }

  /**
   * The first audio track tells who speaks: levels of several would contradict each other, and a
   * Jitsi Videobridge takes all of an endpoint for those of one microphone.
   */
  private static Set<HeaderExtensionType> unwanted(MediaKind kind, List<IngestMedia> before) {
    return kind == MediaKind.AUDIO && before.stream().anyMatch(media -> media.kind() == kind)
        ? EnumSet.of(HeaderExtensionType.AUDIO_LEVEL)
        : Set.of();
  }

  private List<NegotiatedCodec> preferred(
      List<NegotiatedCodec> codecs, MediaKind kind, OfferedSection section)
      throws NegotiationException {
    List<NegotiatedCodec> result = codecs;
    for (CodecPreference preference : preferences) {
      result = preference.apply(kind, result, section);
    }
    return result;
  }

  /**
   * The sections that are accepted: all of audio and video, at least one, sending, over DTLS-SRTP.
   */
  private List<OfferedSection> acceptable(List<OfferedSection> sections)
      throws NegotiationException {
    List<OfferedSection> others = sections.stream().filter(s -> s.kind().isEmpty()).toList();
    if (!others.isEmpty()
        && (others.size() == sections.size() || !rules.allows(Leniency.OTHER_INGEST_SECTIONS))) {
      throw new NegotiationException(
          Reason.SECTION_REFUSED,
          "Remove " + others.get(0).label() + ": audio and video are taken, and nothing else.");
    }
    List<OfferedSection> media = sections.stream().filter(s -> s.kind().isPresent()).toList();
    requireAcceptable(media);
    return media;
  }

  private void requireAcceptable(List<OfferedSection> sections) throws NegotiationException {
    for (OfferedSection section : sections) {
      if (section.disabled()) {
        throw new NegotiationException(
            Reason.SECTION_REFUSED, "Remove " + section.label() + ": its port is 0.");
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
    SeveralTracks.requireFew(sections, rules);
  }

  /** RFC 9725 §4.4.2. */
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
    if (streams.size() > 1 && !rules.allows(Leniency.SEVERAL_STREAMS)) {
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
