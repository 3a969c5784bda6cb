package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.sdp.Attribute.DirectionOf;
import io.github.jvbwhip.core.sdp.Attribute.Flag;
import io.github.jvbwhip.core.sdp.Attribute.SetupRole;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceAttribute.FingerprintOf;
import io.github.jvbwhip.core.sdp.IceAttribute.IcePwd;
import io.github.jvbwhip.core.sdp.IceAttribute.IceUfrag;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.ExtMap;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every answer to a captured offer has to say. */
class AnswerRulesTest {

  record Exchange(String name, Direction direction, SessionDescription offer) {
    SessionDescription answer() throws NegotiationException {
      return direction == Direction.RECVONLY
          ? Fixtures.ingestAnswer(offer)
          : Fixtures.egressAnswer(offer);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All whose sections are all accepted: for the others see OtherSectionsTest. */
  static Stream<Exchange> exchanges() {
    return Stream.concat(
        Fixtures.INGEST_OFFERS.stream()
            .filter(name -> !name.equals("chromium-whip-data-channel"))
            .map(name -> new Exchange(name, Direction.RECVONLY, Fixtures.offer(name))),
        Fixtures.EGRESS_OFFERS.stream()
            .map(name -> new Exchange(name, Direction.SENDONLY, Fixtures.offer(name))));
  }

  @Test
  void extensions_that_the_bridge_does_not_take_are_not_answered() throws Exception {
    IngestPlan plan =
        Negotiation.planIngest(
            Fixtures.offer("chromium-whip"), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    List<IngestMedia> without =
        plan.media().stream()
            .map(m -> new IngestMedia(m.mid(), m.kind(), m.codecs(), List.of(), m.encodings()))
            .toList();
    SessionDescription all = Negotiation.answer(plan, Fixtures.LOCAL, 1);
    SessionDescription none = Negotiation.answer(plan.taken(without), Fixtures.LOCAL, 1);
    assertThat(all.media().get(0).all(ExtMap.class)).isNotEmpty();
    assertThat(none.media()).allSatisfy(m -> assertThat(m.all(ExtMap.class)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void the_transport_is_repeated_in_every_section(Exchange exchange) throws Exception {
    for (MediaDescription section : exchange.answer().media()) {
      assertThat(section.all(IceUfrag.class)).hasSize(1);
      assertThat(section.all(IcePwd.class)).hasSize(1);
      assertThat(section.all(FingerprintOf.class)).hasSize(1);
      assertThat(section.all(SetupRole.class)).hasSize(1);
      assertThat(section.all(Candidate.class)).hasSize(Fixtures.LOCAL.candidates().size());
      assertThat(section.has(Flag.END_OF_CANDIDATES)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void sections_keep_the_offers_order_mids_and_protocols(Exchange exchange) throws Exception {
    List<MediaDescription> offered = exchange.offer().media();
    List<MediaDescription> answered = exchange.answer().media();
    assertThat(answered).hasSameSizeAs(offered);
    for (int i = 0; i < offered.size(); i++) {
      assertThat(answered.get(i).media()).isEqualTo(offered.get(i).media());
      assertThat(answered.get(i).mid()).isEqualTo(offered.get(i).mid());
      assertThat(answered.get(i).protocol()).isEqualTo(offered.get(i).protocol());
      assertThat(answered.get(i).port()).isEqualTo(9);
      assertThat(offered.get(i).formats()).containsAll(answered.get(i).formats());
    }
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void media_flows_one_way_bundled_and_multiplexed(Exchange exchange) throws Exception {
    SessionDescription answer = exchange.answer();
    assertThat(answer.write()).contains("\r\na=ice-options:trickle\r\n");
    assertThat(answer.write()).contains("\r\na=group:BUNDLE ");
    for (int i = 0; i < answer.media().size(); i++) {
      MediaDescription section = answer.media().get(i);
      assertThat(section.all(DirectionOf.class))
          .containsExactly(new DirectionOf(exchange.direction()));
      assertThat(section.has(Flag.RTCP_MUX)).isTrue();
      assertThat(section.has(Flag.RTCP_MUX_ONLY)).isTrue();
      assertThat(section.has(Flag.RTCP_RSIZE))
          .isEqualTo(exchange.offer().media().get(i).has(Flag.RTCP_RSIZE));
    }
  }

  @Test
  void only_the_bundle_group_is_answered() throws Exception {
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("obs")).write())
        .contains("a=group:BUNDLE 0 1\r\n")
        .doesNotContain("a=group:LS");
  }

  @Test
  void ipv4_host_candidates_over_udp_come_first() throws Exception {
    List<IceCandidate> candidates = new ArrayList<>();
    candidates.add(Fixtures.candidate("r", "203.0.113.5", IceCandidate.Type.SRFLX, 3));
    candidates.add(
        new IceCandidate(
            "t",
            IceCandidate.Protocol.TCP,
            4,
            "198.51.100.1",
            443,
            IceCandidate.Type.HOST,
            Optional.empty()));
    candidates.add(Fixtures.candidate("6", "2001:db8::10", IceCandidate.Type.HOST, 2));
    candidates.add(Fixtures.candidate("l", "::1", IceCandidate.Type.HOST, 6));
    candidates.add(Fixtures.candidate("a", "198.51.100.1", IceCandidate.Type.HOST, 1));
    candidates.add(Fixtures.candidate("b", "198.51.100.2", IceCandidate.Type.HOST, 5));
    IngestPlan plan =
        Negotiation.planIngest(
            Fixtures.offer("ffmpeg"), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    LocalTransport local =
        new LocalTransport(
            new IceCredentials("abcd", "x".repeat(22)),
            candidates,
            Fixtures.LOCAL.fingerprints(),
            Optional.empty());
    SessionDescription answer = Negotiation.answer(plan, local, 1);
    assertThat(answer.media().get(1).all(Candidate.class))
        .extracting(Candidate::foundation)
        .containsExactly("a", "b", "r", "t", "6", "l");
    assertThat(answer.write())
        .contains(
            "a=candidate:r 1 udp 3 203.0.113.5 10000 typ srflx raddr 10.0.0.1 rport 10001\r\n")
        .contains("a=candidate:t 1 tcp 4 198.51.100.1 443 typ host tcptype passive\r\n");
  }

  @Test
  void the_bridges_own_role_counts() throws Exception {
    IngestPlan plan =
        Negotiation.planIngest(
            Fixtures.offer("obs"), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    LocalTransport local = Fixtures.local(Optional.of(DtlsRole.ACTIVE));
    assertThat(Negotiation.answer(plan, local, 1).media().get(0).first(SetupRole.class))
        .contains(new SetupRole(Setup.ACTIVE));
  }

  @Test
  void the_session_id_is_never_negative() throws Exception {
    IngestPlan plan =
        Negotiation.planIngest(
            Fixtures.offer("obs"), Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, -1).write())
        .startsWith("v=0\r\no=- 9223372036854775807 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
  }

  @Test
  void many_candidates_still_fit_into_eight_kibibytes() throws Exception {
    List<IceCandidate> candidates = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      candidates.add(
          Fixtures.candidate("1" + i, "198.51.100.1" + i, IceCandidate.Type.HOST, 2130706431L));
    }
    LocalTransport local =
        new LocalTransport(
            Fixtures.LOCAL.credentials(),
            candidates,
            Fixtures.LOCAL.fingerprints(),
            Optional.empty());
    EgressPlan plan =
        Negotiation.planEgress(
            Fixtures.offer("chromium-whep"),
            Fixtures.EVERYTHING,
            NegotiationRules.LENIENT,
            List.of());
    assertThat(Negotiation.answer(plan, local, Fixtures.sources(plan), 1).write().length())
        .isLessThan(8192);
  }

  @Test
  void a_section_without_mid_is_answered_without_one() throws Exception {
    SessionDescription offer = Fixtures.parse(Offers.HEAD + Offers.VIDEO.replace("a=mid:1\n", ""));
    assertThat(Fixtures.ingestAnswer(offer).write())
        .doesNotContain("a=mid")
        .doesNotContain("a=group");
  }
}
