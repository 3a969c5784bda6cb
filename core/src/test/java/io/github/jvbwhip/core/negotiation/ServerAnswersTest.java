package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Players' answers to the server's offers. */
class ServerAnswersTest {
  private static final ServerOfferPlan OFFER =
      Negotiation.planServerOffer(Fixtures.EVERYTHING, List.of());

  private static final String ANSWER =
      Offers.PLAYER
          .replace("actpass", "active")
          .replace("SAVPF 111", "SAVPF 96")
          .replace("rtpmap:111", "rtpmap:96")
          .replace("m=video 9 UDP/TLS/RTP/SAVPF 96", "m=video 9 UDP/TLS/RTP/SAVPF 99 100")
          .replace(
              "a=rtpmap:96 VP8/90000\n",
              "a=rtpmap:99 VP8/90000\na=rtcp-fb:99 nack\na=rtpmap:100 rtx/90000\n"
                  + "a=fmtp:100 apt=99\n");

  @Test
  void the_accepted_media_and_the_transport_are_read() throws Exception {
    EgressPlan plan = plan(ANSWER);
    assertThat(plan.remote().role()).isEqualTo(DtlsRole.ACTIVE);
    assertThat(plan.remote().credentials().ufrag()).isEqualTo("abcd");
    assertThat(plan.media()).extracting(EgressMedia::mid).containsExactly("0", "1");
    NegotiatedCodec vp8 = plan.media().get(1).codecs().get(0);
    assertThat(vp8.payloadType()).isEqualTo(99);
    assertThat(vp8.rtxPayloadType()).isEqualTo(OptionalInt.of(100));
    assertThat(vp8.feedback()).hasSize(1);
  }

  @Test
  void a_passive_player_makes_the_bridge_active() throws Exception {
    assertThat(plan(ANSWER.replace("setup:active", "setup:passive")).remote().role())
        .isEqualTo(DtlsRole.PASSIVE);
  }

  @Test
  void our_own_whip_answer_fits() throws Exception {
    SessionDescription offer = Negotiation.offer(OFFER, Fixtures.LOCAL, List.of(), 1);
    EgressPlan plan = plan(Fixtures.ingestAnswer(offer).write());
    assertThat(plan.media())
        .extracting(EgressMedia::codecs)
        .isEqualTo(OFFER.media().stream().map(EgressMedia::codecs).toList());
  }

  @Test
  void refused_and_inactive_sections_are_left_out() throws Exception {
    String inactive = ANSWER.replaceFirst("recvonly", "inactive");
    assertThat(plan(inactive).media()).extracting(EgressMedia::mid).containsExactly("1");
    String refused = ANSWER.replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1");
    assertThat(plan(refused).media()).extracting(EgressMedia::mid).containsExactly("1");
  }

  @Test
  void an_answer_that_refuses_all_is_refused() {
    assertReason(ANSWER.replace("recvonly", "inactive"), Reason.NO_MEDIA);
  }

  @Test
  void sections_are_those_of_the_offer() {
    assertReason(
        ANSWER.substring(0, ANSWER.indexOf("m=video")).replace("0 1", "0"), Reason.ANSWER_MISMATCH);
    assertReason(
        ANSWER.replace("mid:1", "mid:7").replace("BUNDLE 0 1", "BUNDLE 0 7"),
        Reason.ANSWER_MISMATCH);
    assertReason(ANSWER.replace("m=video", "m=audio"), Reason.ANSWER_MISMATCH);
    assertReason(ANSWER.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), Reason.ANSWER_MISMATCH);
  }

  @Test
  void codecs_are_those_of_the_offer() {
    assertReason(ANSWER.replace("VP8", "theora"), Reason.NO_COMMON_CODEC);
  }

  @Test
  void a_payload_type_has_one_meaning() {
    assertReason(ANSWER.replace("99", "96"), Reason.MALFORMED);
  }

  @Test
  void redundancy_and_retransmissions_that_were_not_offered_are_left_out() throws Exception {
    MediaCapabilities plain =
        new MediaCapabilities(
            List.of("opus"), List.of("VP8"), false, Set.of(), Set.of(), Set.of(), Set.of(), false);
    String answer =
        ANSWER
            .replace("SAVPF 96\n", "SAVPF 96 63\n")
            .replace("a=rtpmap:96", "a=rtpmap:63 red/48000/2\na=fmtp:63 96/96\na=rtpmap:96");
    assertThat(plan(answer).media().get(0).codecs()).hasSize(2);
    EgressPlan plan =
        Negotiation.planEgressAnswer(
            Negotiation.planServerOffer(plain, List.of()),
            Fixtures.parse(answer),
            NegotiationRules.LENIENT);
    assertThat(plan.media().get(0).codecs())
        .extracting(NegotiatedCodec::payloadType)
        .containsExactly(96);
    assertThat(plan.media().get(1).codecs().get(0).rtxPayloadType()).isEmpty();
  }

  @Test
  void a_player_receives() {
    assertReason(ANSWER.replace("recvonly", "sendonly"), Reason.WRONG_DIRECTION);
  }

  @Test
  void a_role_is_chosen() {
    assertReason(ANSWER.replace("setup:active", "setup:actpass"), Reason.UNSUPPORTED_SETUP);
    assertReason(ANSWER.replace("a=setup:active\n", ""), Reason.UNSUPPORTED_SETUP);
  }

  @Test
  void transport_rules_hold_for_answers_too() {
    assertReason(ANSWER.replaceAll("a=ice-pwd.*\n", ""), Reason.MISSING_ICE);
    assertReason(ANSWER.replaceAll("a=fingerprint.*\n", ""), Reason.MISSING_FINGERPRINT);
    assertReason(ANSWER.replace(Offers.MUX, ""), Reason.NO_RTCP_MUX);
    assertReason(ANSWER.replace("a=group:BUNDLE 0 1\n", ""), Reason.NOT_BUNDLED);
  }

  private static void assertReason(String answer, Reason reason) {
    assertThatThrownBy(() -> plan(answer))
        .isInstanceOfSatisfying(
            NegotiationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static EgressPlan plan(String answer) throws NegotiationException {
    return Negotiation.planEgressAnswer(OFFER, Fixtures.parse(answer), NegotiationRules.LENIENT);
  }
}
