package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.SentSource;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Offers to servers that are to send, and what they answer. */
class ReceivingOffersTest {
  private static final MediaCapabilities BRIDGE =
      new MediaCapabilities(
          List.of("opus"),
          List.of("VP8", "H264"),
          true,
          EnumSet.allOf(Feedback.class),
          EnumSet.of(Feedback.NACK, Feedback.NACK_PLI),
          EnumSet.of(
              HeaderExtensionType.MID, HeaderExtensionType.RID, HeaderExtensionType.TRANSPORT_CC),
          EnumSet.of(HeaderExtensionType.MID),
          true);

  private static final LocalTransport LOCAL =
      new LocalTransport(
          new IceCredentials("ufrag", "passwordpasswordpassword"),
          List.of(),
          List.of(new Fingerprint("sha-256", "AA" + ":AA".repeat(31))),
          Optional.empty());

  private static final Codec VP8 = new Codec(MediaKind.VIDEO, "VP8", 90_000, 1, Map.of());

  private final ServerOfferPlan offered = Negotiation.planReceivingOffer(BRIDGE);

  private SessionDescription offer() throws Exception {
    return parsed(Negotiation.receivingOffer(offered, LOCAL, 1).write());
  }

  private static SessionDescription parsed(String text) throws Exception {
    return SdpReader.STRICT.description(text).value();
  }

  /** What a server of this kind answers. */
  private SessionDescription answer() throws Exception {
    EgressPlan plan =
        Negotiation.planEgress(offer(), BRIDGE, NegotiationRules.STRICT, List.of(VP8));
    List<SentSource> sources =
        plan.media().stream()
            .map(
                media ->
                    new SentSource(
                        media.mid(),
                        1 + Long.parseLong(media.mid()),
                        media.kind() == MediaKind.VIDEO ? OptionalLong.of(9) : OptionalLong.empty(),
                        "name"))
            .toList();
    return parsed(Negotiation.answer(plan, LOCAL, sources, 2).write());
  }

  @Test
  void an_offer_asks_for_what_the_bridge_takes_of_publishers() throws Exception {
    String offer = offer().write();
    assertThat(offer).contains("a=recvonly\r\n", "a=setup:actpass\r\n", "transport-wide-cc");
    assertThat(offer).doesNotContain("a=sendonly", "a=ssrc", "a=msid", "rtp-stream-id");
  }

  @Test
  void what_a_server_answers_is_what_it_publishes() throws Exception {
    IngestPlan plan = Negotiation.planReceivingAnswer(offered, answer(), NegotiationRules.STRICT);
    assertThat(plan.remote().role()).isEqualTo(DtlsRole.ACTIVE.opposite());
    assertThat(plan.media())
        .extracting(IngestMedia::kind)
        .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
    IngestMedia video = plan.media().get(1);
    assertThat(video.codecs().get(0).codec().name()).isEqualTo("VP8");
    assertThat(video.encodings())
        .singleElement()
        .satisfies(
            encoding -> {
              assertThat(encoding.ssrc()).hasValue(2);
              assertThat(encoding.rtxSsrc()).hasValue(9);
            });
  }

  @Test
  void an_answer_that_receives_is_none() throws Exception {
    SessionDescription wrong = parsed(answer().write().replace("a=sendonly", "a=recvonly"));
    assertThatThrownBy(
            () -> Negotiation.planReceivingAnswer(offered, wrong, NegotiationRules.STRICT))
        .isInstanceOfSatisfying(
            NegotiationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_DIRECTION));
  }

  @Test
  void a_server_may_wait_to_be_checked_and_a_player_may_not() throws Exception {
    SessionDescription lite =
        parsed(answer().write().replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n"));
    assertThat(Negotiation.planReceivingAnswer(offered, lite, NegotiationRules.SERVERS).media())
        .hasSize(2);
    assertThatThrownBy(
            () -> Negotiation.planReceivingAnswer(offered, lite, NegotiationRules.LENIENT))
        .isInstanceOfSatisfying(
            NegotiationException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED_ICE));
  }

  @Test
  void what_is_forwarded_is_offered_as_it_is_published() {
    ServerOfferPlan plan = Negotiation.planForwardOffer(BRIDGE, List.of(VP8));
    assertThat(plan.media())
        .singleElement()
        .satisfies(
            media -> {
              assertThat(media.kind()).isEqualTo(MediaKind.VIDEO);
              assertThat(media.codecs())
                  .extracting(codec -> codec.codec().name())
                  .containsExactly("VP8");
            });
    assertThat(Negotiation.planForwardOffer(BRIDGE, List.of()).media()).isEmpty();
  }

  @Test
  void several_encodings_are_offered_by_name_and_those_are_sent_that_are_taken() throws Exception {
    ServerOfferPlan plan =
        Negotiation.planForwardOffer(BRIDGE, List.of(VP8), List.of("l", "m", "h"));
    List<SentSource> sources = List.of(new SentSource("1", 1, OptionalLong.empty(), "name"));
    String offer = Negotiation.offer(plan, LOCAL, sources, 1).write();
    assertThat(offer)
        .contains("a=rid:l send\r\na=rid:m send\r\na=rid:h send\r\na=simulcast:send l;m;h\r\n")
        .contains(HeaderExtensionType.RID.uri(), HeaderExtensionType.REPAIRED_RID.uri())
        .doesNotContain("a=ssrc");
    IngestPlan taken = Negotiation.planIngest(parsed(offer), BRIDGE, NegotiationRules.STRICT);
    String answer = Negotiation.answer(taken, LOCAL, 2).write();
    assertThat(rids(plan, answer)).containsExactly("l", "m", "h");
    assertThat(rids(plan, answer.replace("recv l;m;h", "recv h,x;~l;m"))).containsExactly("m", "h");
    assertThat(rids(plan, answer.replaceAll("a=(rid|simulcast):.*\r\n", ""))).isEmpty();
  }

  private static List<String> rids(ServerOfferPlan offered, String answer) throws Exception {
    return Negotiation.planEgressAnswer(offered, parsed(answer), NegotiationRules.SERVERS)
        .media()
        .get(0)
        .rids();
  }
}
