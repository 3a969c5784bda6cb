package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.Group;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.RtpAttribute.Rid;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtcpFb;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.RtpAttribute.Simulcast;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastId;
import io.github.jvbwhip.core.sdp.RtpAttribute.SimulcastStream;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.Setup;
import io.github.jvbwhip.core.sdp.SourceAttribute.Ssrc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a description the answer to an offer, whatever the offer is: RFC 3264 for the
 * m-sections, RFC 9143 for the group, RFC 8285 for extensions, RFC 8853 for simulcast.
 */
public final class LegalAnswer {
  private final SessionDescription offer;
  private final SessionDescription answer;
  private final Direction direction;
  private final List<MediaDescription> accepted;

  private LegalAnswer(SessionDescription offer, SessionDescription answer, Direction direction) {
    this.offer = offer;
    this.answer = answer;
    this.direction = direction;
    this.accepted = answer.media().stream().filter(section -> section.port() != 0).toList();
  }

  /**
   * Checks an answer.
   *
   * @param direction that of its accepted sections
   */
  public static void check(SessionDescription offer, SessionDescription answer, Direction direction)
      throws SdpException {
    new LegalAnswer(offer, answer, direction).check();
  }

  private void check() throws SdpException {
    String text = answer.write();
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
    assertThat(SessionDescription.parse(text).write()).isEqualTo(text);
    assertThat(answer.media()).hasSameSizeAs(offer.media());
    assertThat(accepted).isNotEmpty();
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      MediaDescription answered = answer.media().get(i);
      assertThat(answered.media()).isEqualTo(offered.media());
      assertThat(answered.mid()).isEqualTo(offered.mid());
      assertThat(answered.protocol()).isEqualTo(offered.protocol());
      assertThat(offered.formats()).containsAll(answered.formats());
      if (answered.port() != 0) {
        checkAccepted(offered, answered);
      }
    }
    checkGroup();
    checkSetup();
    checkNumbers();
  }

  private void checkAccepted(MediaDescription offered, MediaDescription answered) {
    Direction theirs =
        offer
            .inherited(offered, DirectionOf.class)
            .map(DirectionOf::direction)
            .orElse(Direction.SENDRECV);
    assertThat(direction.sends() ? theirs.receives() : theirs.sends()).isTrue();
    assertThat(answered.all(DirectionOf.class)).containsExactly(new DirectionOf(direction));
    assertThat(answered.all(IceUfrag.class)).hasSize(1);
    assertThat(answered.all(IcePwd.class)).hasSize(1);
    assertThat(answered.all(FingerprintOf.class)).isNotEmpty();
    assertThat(answered.has(Flag.RTCP_MUX)).isTrue();
    assertThat(answered.has(Flag.RTCP_RSIZE)).isEqualTo(offered.has(Flag.RTCP_RSIZE));
    checkFormats(offered, answered);
    checkExtensions(offered, answered);
    checkEncodings(offered, answered);
  }

  private static void checkFormats(MediaDescription offered, MediaDescription answered) {
    assertThat(answered.formats()).isNotEmpty().doesNotHaveDuplicates();
    List<String> formats = answered.formats();
    for (RtpMap map : answered.all(RtpMap.class)) {
      assertThat(formats).contains(String.valueOf(map.payloadType()));
      List<RtpMap> maps =
          offered.all(RtpMap.class).stream()
              .filter(theirs -> theirs.payloadType() == map.payloadType())
              .toList();
      assertThat(maps.isEmpty() || maps.stream().anyMatch(theirs -> same(theirs, map)))
          .as("%s of %s", map, maps)
          .isTrue();
    }
    for (Fmtp fmtp : answered.all(Fmtp.class)) {
      assertThat(formats).contains(String.valueOf(fmtp.payloadType()));
      Optional.ofNullable(fmtp.parameters().get("apt")).ifPresent(apt -> checkApt(apt, answered));
    }
    for (RtcpFb feedback : answered.all(RtcpFb.class)) {
      assertThat(formats).contains(String.valueOf(feedback.payloadType().orElseThrow()));
      assertThat(offered.all(RtcpFb.class))
          .anyMatch(
              theirs ->
                  theirs.feedback().equals(feedback.feedback())
                      && (theirs.payloadType().isEmpty()
                          || theirs.payloadType().equals(feedback.payloadType())));
    }
  }

  /** Opus that says nothing of channels has two all the same, and retransmissions have none. */
  private static boolean same(RtpMap theirs, RtpMap ours) {
    boolean channels =
        theirs.channels() == ours.channels()
            || ours.encoding().equalsIgnoreCase("opus")
            || ours.encoding().equalsIgnoreCase("rtx");
    return theirs.encoding().equalsIgnoreCase(ours.encoding())
        && theirs.clockRate() == ours.clockRate()
        && channels;
  }

  /** Only where it is a retransmission's: other codecs may have parameters of any name. */
  private static void checkApt(String apt, MediaDescription answered) {
    boolean repair =
        answered.all(RtpMap.class).stream().anyMatch(map -> map.encoding().equals("rtx"));
    if (repair) {
      assertThat(answered.formats()).contains(apt.replaceFirst("^0+(?=.)", ""));
    }
  }

  private void checkExtensions(MediaDescription offered, MediaDescription answered) {
    List<ExtMap> ours = answered.all(ExtMap.class);
    assertThat(ours).extracting(ExtMap::id).doesNotHaveDuplicates();
    assertThat(ours).extracting(ExtMap::uri).doesNotHaveDuplicates();
    for (ExtMap extension : ours) {
      assertThat(offered.all(ExtMap.class))
          .anyMatch(
              theirs -> theirs.id() == extension.id() && theirs.uri().equals(extension.uri()));
      boolean mixed = answer.has(Flag.EXTMAP_ALLOW_MIXED);
      assertThat(extension.id()).isBetween(1, mixed ? 255 : 14);
    }
    assertThat(answer.has(Flag.EXTMAP_ALLOW_MIXED))
        .isEqualTo(IngestPlanner.allowsMixedExtensions(offer));
  }

  /** What is sent with RIDs is received with the same ones. */
  private void checkEncodings(MediaDescription offered, MediaDescription answered) {
    List<Rid> rids = answered.all(Rid.class);
    List<String> ids = rids.stream().map(Rid::id).toList();
    assertThat(rids).noneMatch(Rid::sends);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(offered.all(Rid.class).stream().filter(Rid::sends).map(Rid::id)).containsAll(ids);
    List<Simulcast> simulcast = answered.all(Simulcast.class);
    if (simulcast.isEmpty()) {
      assertThat(ids).hasSizeLessThanOrEqualTo(1);
      return;
    }
    assertThat(simulcast).hasSize(1);
    assertThat(simulcast.get(0).send()).isEmpty();
    assertThat(ids(simulcast.get(0).recv())).containsExactlyElementsOf(ids);
    assertThat(ids(offered.first(Simulcast.class).orElseThrow().send())).containsAll(ids);
  }

  private static List<String> ids(List<SimulcastStream> streams) {
    return streams.stream()
        .flatMap(stream -> stream.alternatives().stream())
        .map(SimulcastId::rid)
        .toList();
  }

  /** The accepted sections share the transport that the offer had them share. */
  private void checkGroup() {
    List<String> offered = mids(offer);
    List<String> answered = mids(answer);
    assertThat(answered).doesNotHaveDuplicates();
    assertThat(offered).containsAll(answered);
    assertThat(accepted.size() == 1 || !answered.isEmpty()).isTrue();
    if (!answered.isEmpty()) {
      assertThat(accepted.stream().flatMap(section -> section.mid().stream()).toList())
          .hasSameSizeAs(accepted)
          .containsExactlyInAnyOrderElementsOf(answered);
    }
  }

  private static List<String> mids(SessionDescription description) {
    return description.all(Group.class).stream()
        .filter(group -> group.semantics().equals(Group.BUNDLE))
        .flatMap(group -> group.mids().stream())
        .toList();
  }

  /** One role for the transport, which is the opposite of one that was offered. */
  private void checkSetup() {
    Set<Setup> ours = new HashSet<>();
    accepted.forEach(
        section -> {
          assertThat(section.all(SetupRole.class)).hasSize(1);
          section.all(SetupRole.class).forEach(setup -> ours.add(setup.role()));
        });
    assertThat(ours).hasSize(1).isSubsetOf(Setup.ACTIVE, Setup.PASSIVE);
    List<Optional<Setup>> theirs = new ArrayList<>();
    offer
        .media()
        .forEach(
            section -> theirs.add(offer.inherited(section, SetupRole.class).map(SetupRole::role)));
    boolean active = ours.contains(Setup.ACTIVE);
    assertThat(theirs)
        .anyMatch(
            role ->
                role.isEmpty()
                    ? !active
                    : role.get() == Setup.ACTPASS
                        || role.get() == (active ? Setup.PASSIVE : Setup.ACTIVE));
  }

  /** In a group a payload type, an extension id and an SSRC mean one thing (RFC 9143 §7.1.3). */
  private void checkNumbers() {
    Map<Integer, String> codecs = new HashMap<>();
    Map<Integer, String> extensions = new HashMap<>();
    Map<Long, MediaDescription> sources = new HashMap<>();
    for (MediaDescription section : accepted) {
      for (RtpMap map : section.all(RtpMap.class)) {
        String codec = "%s %s".formatted(section.media(), map.encoding().toLowerCase(Locale.ROOT));
        assertThat(one(codecs, map.payloadType(), codec)).isTrue();
      }
      for (ExtMap extension : section.all(ExtMap.class)) {
        assertThat(one(extensions, extension.id(), extension.uri())).isTrue();
      }
      for (Ssrc source : section.all(Ssrc.class)) {
        assertThat(one(sources, source.ssrc(), section)).isTrue();
      }
    }
  }

  private static <K, V> boolean one(Map<K, V> meanings, K number, V meaning) {
    V known = meanings.putIfAbsent(number, meaning);
    return known == null || known.equals(meaning);
  }
}
