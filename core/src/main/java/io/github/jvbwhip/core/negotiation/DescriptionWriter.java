package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Accepted;
import io.github.jvbwhip.core.negotiation.AnswerOutline.Section;
import io.github.jvbwhip.core.sdp.Attribute;
import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.Attribute.Mid;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IceOptions;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Rid;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastStream;
import io.github.jvbwhip.core.sdp.SdpLine;
import io.github.jvbwhip.core.sdp.SdpLine.Field;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes answers and offers. Whatever a client needs of the transport is repeated in every
 * m-section: many read no other than the first, or than each section's own.
 */
final class DescriptionWriter {
  /** The client may trickle (RFC 8838 §4); the server never does. */
  static final IceOptions ICE_OPTIONS = new IceOptions(List.of("trickle"));

  private static final Field NO_ADDRESS = new Field('c', "IN IP4 0.0.0.0");

  /** The discard port, which stands for "see the candidates" (RFC 8839 §4.2.1.1). */
  private static final int NO_PORT = 9;

  private DescriptionWriter() {}

  static SessionDescription answer(
      IngestPlan plan, PublisherLimits limits, LocalTransport local, long sessionId) {
    ToldLimits told = new ToldLimits(limits, plan.media());
    Setup setup = setup(local.role().orElse(plan.remote().role().opposite()));
    List<MediaDescription> sections = new ArrayList<>();
    int next = 0;
    for (Section section : plan.outline().sections()) {
      if (section.accepted().isEmpty()) {
        sections.add(refused(section));
        continue;
      }
      Accepted accepted = section.accepted().get();
      IngestMedia media = plan.media().get(next++);
      CodecLines codecs =
          CodecLines.of(media.codecs(), told.parameters(media, accepted.formatParameters()));
      List<SdpLine> lines = transportLines(local, setup, section.mid());
      lines.addAll(lines.indexOf(NO_ADDRESS) + 1, told.bandwidth(media));
      accepted.extensions().stream().filter(line -> has(media, line)).forEach(lines::add);
      lines.add(new DirectionOf(Direction.RECVONLY));
      addRtcp(lines, accepted);
      lines.addAll(codecs.lines());
      addEncodings(lines, media.encodings(), accepted.simulcast());
      sections.add(accepted(section, codecs, lines));
    }
    return new SessionDescription(sessionLines(plan.outline(), sessionId), sections);
  }

  /** The bridge may take fewer than the plan has. */
  private static boolean has(IngestMedia media, ExtMap line) {
    return media.extensions().stream().anyMatch(extension -> extension.id() == line.id());
  }

  static SessionDescription answer(
      EgressPlan plan, LocalTransport local, List<SentSource> sources, long sessionId) {
    Setup setup = setup(local.role().orElse(plan.remote().role().opposite()));
    return sending(plan.outline(), plan.media(), local, setup, sources, sessionId);
  }

  static SessionDescription offer(
      ServerOfferPlan plan, LocalTransport local, List<SentSource> sources, long sessionId) {
    Setup setup = local.role().map(DescriptionWriter::setup).orElse(Setup.ACTPASS);
    return sending(ServerOffers.outline(plan), plan.media(), local, setup, sources, sessionId);
  }

  private static SessionDescription sending(
      AnswerOutline outline,
      List<EgressMedia> allMedia,
      LocalTransport local,
      Setup setup,
      List<SentSource> sources,
      long sessionId) {
    SentStreams streams = new SentStreams(sources);
    List<MediaDescription> sections = new ArrayList<>();
    int next = 0;
    for (Section section : outline.sections()) {
      if (section.accepted().isEmpty()) {
        sections.add(refused(section));
        continue;
      }
      Accepted accepted = section.accepted().get();
      EgressMedia media = allMedia.get(next++);
      CodecLines codecs = CodecLines.of(media.codecs(), accepted.formatParameters());
      List<SdpLine> lines = transportLines(local, setup, section.mid());
      lines.addAll(accepted.extensions());
      lines.add(new DirectionOf(Direction.SENDONLY));
      lines.add(streams.msid(media));
      addRtcp(lines, accepted);
      lines.addAll(codecs.lines());
      if (media.rids().isEmpty()) {
        lines.addAll(streams.sourceLines(media));
      } else {
        addSent(lines, media.rids());
      }
      sections.add(accepted(section, codecs, lines));
    }
    List<SdpLine> session = sessionLines(outline, sessionId);
    session.add(new Attribute.Unknown("msid-semantic: WMS *"));
    return new SessionDescription(session, sections);
  }

  /** An offer to receive what a server sends. */
  static SessionDescription receivingOffer(
      ServerOfferPlan plan, LocalTransport local, long sessionId) {
    AnswerOutline outline = ServerOffers.outline(plan);
    List<MediaDescription> sections = new ArrayList<>();
    for (int i = 0; i < plan.media().size(); i++) {
      Section section = outline.sections().get(i);
      Accepted offered = section.accepted().orElseThrow();
      CodecLines codecs = CodecLines.of(plan.media().get(i).codecs(), offered.formatParameters());
      List<SdpLine> lines = transportLines(local, Setup.ACTPASS, section.mid());
      lines.addAll(offered.extensions());
      lines.add(new DirectionOf(Direction.RECVONLY));
      addRtcp(lines, offered);
      lines.addAll(codecs.lines());
      sections.add(accepted(section, codecs, lines));
    }
    return new SessionDescription(sessionLines(outline, sessionId), sections);
  }

  private static List<SdpLine> sessionLines(AnswerOutline outline, long sessionId) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(new Field('v', "0"));
    lines.add(new Field('o', "- " + (sessionId & Long.MAX_VALUE) + " 1 IN IP4 127.0.0.1"));
    lines.add(new Field('s', "-"));
    lines.add(new Field('t', "0 0"));
    if (!outline.bundle().isEmpty()) {
      lines.add(new Group(Group.BUNDLE, outline.bundle()));
    }
    if (outline.extmapAllowMixed()) {
      lines.add(Flag.EXTMAP_ALLOW_MIXED);
    }
    lines.add(ICE_OPTIONS);
    return lines;
  }

  private static MediaDescription accepted(
      Section section, CodecLines codecs, List<SdpLine> lines) {
    return new MediaDescription(
        section.media(), NO_PORT, 1, section.protocol(), codecs.formats(), lines);
  }

  /**
   * A section refused with port 0 (RFC 3264 §6): it has no transport, and no place in the group.
   */
  private static MediaDescription refused(Section section) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(NO_ADDRESS);
    section.mid().ifPresent(mid -> lines.add(new Mid(mid)));
    lines.add(new DirectionOf(Direction.INACTIVE));
    return new MediaDescription(
        section.media(), 0, 1, section.protocol(), section.formats(), lines);
  }

  private static List<SdpLine> transportLines(
      LocalTransport local, Setup setup, Optional<String> mid) {
    List<SdpLine> lines = new ArrayList<>();
    lines.add(NO_ADDRESS);
    addIce(lines, local);
    for (Fingerprint fingerprint : local.fingerprints()) {
      lines.add(new FingerprintOf(fingerprint.hash(), fingerprint.value()));
    }
    lines.add(new SetupRole(setup));
    mid.ifPresent(m -> lines.add(new Mid(m)));
    return lines;
  }

  /** Credentials and all candidates: the server does not trickle (RFC 9725 §4.3.2). */
  static void addIce(List<SdpLine> lines, LocalTransport local) {
    lines.add(new IceUfrag(local.credentials().ufrag()));
    lines.add(new IcePwd(local.credentials().pwd()));
    lines.addAll(Candidates.written(local.candidates()));
    lines.add(Flag.END_OF_CANDIDATES);
  }

  private static void addRtcp(List<SdpLine> lines, Accepted accepted) {
    lines.add(Flag.RTCP_MUX);
    lines.add(Flag.RTCP_MUX_ONLY);
    if (accepted.rtcpReducedSize()) {
      lines.add(Flag.RTCP_RSIZE);
    }
  }

  /**
   * Encodings that are sent at a time, whose SSRCs are not told: their packets tell their names.
   */
  private static void addSent(List<SdpLine> lines, List<String> rids) {
    rids.forEach(rid -> lines.add(new Rid(rid, true, Optional.empty())));
    lines.add(new Simulcast(rids.stream().map(SimulcastStream::of).toList(), List.of()));
  }

  /** As many RIDs as were offered, in the same order: encoders count them. */
  private static void addEncodings(
      List<SdpLine> lines, List<PlannedEncoding> encodings, boolean simulcast) {
    List<SimulcastStream> streams = new ArrayList<>();
    for (PlannedEncoding encoding : encodings) {
      if (encoding.rid().isPresent()) {
        String rid = encoding.rid().get();
        lines.add(new Rid(rid, false, Optional.empty()));
        streams.add(SimulcastStream.of(rid));
      }
    }
    if (simulcast) {
      lines.add(new Simulcast(List.of(), streams));
    }
  }

  private static Setup setup(DtlsRole role) {
    return role == DtlsRole.ACTIVE ? Setup.ACTIVE : Setup.PASSIVE;
  }
}
