package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RIDs, SSRC groups and SSRCs that announce encodings. */
class EncodingsTest {
  private static final String CODECS =
      "a=rtpmap:96 VP8/90000\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96";

  @ParameterizedTest
  @CsvSource({"chromium-whip-simulcast,l;m;h", "obs-simulcast,0;1;2"})
  void as_many_are_answered_as_were_offered_in_the_same_order(String name, String rids)
      throws Exception {
    SessionDescription offer = Fixtures.offer(name);
    assertThat(plan(offer).media().get(1).encodings())
        .extracting(encoding -> encoding.rid().orElse(""))
        .containsExactly(rids.split(";"));
    StringBuilder answer = new StringBuilder();
    for (String rid : rids.split(";")) {
      answer.append("a=rid:").append(rid).append(" recv\r\n");
    }
    answer.append("a=simulcast:recv ").append(rids).append("\r\n");
    assertThat(Fixtures.ingestAnswer(offer).write()).contains(answer);
  }

  @Test
  void a_group_of_more_ssrcs_than_are_taken_is_left_out() throws Exception {
    SessionDescription offer = video("a=ssrc-group:SIM 1 2 3 4 5 6 7 8 9", "a=ssrc:5 cname:x");
    assertThat(plan(offer).media().get(0).encodings())
        .containsExactly(
            new PlannedEncoding(Optional.empty(), OptionalLong.of(5), OptionalLong.empty()));
  }

  @Test
  void the_first_alternative_is_taken() throws Exception {
    SessionDescription offer =
        video("a=rid:1 send", "a=rid:2 send", "a=rid:3 send", "a=simulcast:send 1,3;~2");
    assertThat(rids(offer)).containsExactly("1", "2");
    assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=simulcast:recv 1;2\r\n");
  }

  @Test
  void rids_without_their_line_are_discarded() throws Exception {
    SessionDescription offer =
        video("a=rid:1 send", "a=rid:2 recv", "a=simulcast:send 1;2;9 recv 2");
    assertThat(rids(offer)).containsExactly("1");
    assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=simulcast:recv 1\r\n");
  }

  @Test
  void restrictions_are_not_repeated() throws Exception {
    SessionDescription offer =
        video("a=rid:1 send max-width=640", "a=rid:2 send", "a=simulcast:send 1;2");
    assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=rid:1 recv\r\n");
  }

  @Test
  void one_rid_without_simulcast_names_the_one_encoding() throws Exception {
    SessionDescription offer = video("a=rid:hi send");
    assertThat(rids(offer)).containsExactly("hi");
    assertThat(Fixtures.ingestAnswer(offer).write())
        .contains("a=rid:hi recv\r\n")
        .doesNotContain("a=simulcast");
  }

  @Test
  void simulcast_is_not_answered_where_the_bridge_takes_none() throws Exception {
    MediaCapabilities all = Fixtures.EVERYTHING;
    MediaCapabilities single =
        new MediaCapabilities(
            all.audioCodecs(),
            all.videoCodecs(),
            true,
            all.ingestFeedback(),
            all.egressFeedback(),
            all.ingestExtensions(),
            all.egressExtensions(),
            false);
    IngestPlan plan =
        Negotiation.planIngest(Fixtures.offer("obs-simulcast"), single, NegotiationRules.LENIENT);
    assertThat(plan.media().get(1).encodings()).hasSize(1);
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, 1).write())
        .doesNotContain("a=simulcast")
        .doesNotContain("a=rid");
  }

  @Test
  void ssrcs_and_their_retransmissions_are_read() throws Exception {
    IngestPlan plan = plan(Fixtures.offer("chromium-whip"));
    assertThat(plan.media().get(0).encodings()).containsExactly(encoding(46429893L));
    assertThat(plan.media().get(1).encodings()).containsExactly(encoding(2277100743L, 2707042500L));
  }

  @Test
  void the_retransmissions_may_be_listed_first() throws Exception {
    SessionDescription offer =
        video("a=ssrc:2 cname:x", "a=ssrc:1 cname:x", "a=ssrc-group:FID 1 2");
    assertThat(plan(offer).media().get(0).encodings()).containsExactly(encoding(1, 2));
  }

  @Test
  void ssrc_groups_of_older_browsers_are_simulcast() throws Exception {
    SessionDescription offer =
        video(
            "a=ssrc-group:SIM 1 2 3",
            "a=ssrc-group:FID 1 11",
            "a=ssrc-group:FID 2 12",
            "a=ssrc-group:FID 3 13");
    assertThat(plan(offer).media().get(0).encodings())
        .containsExactly(encoding(1, 11), encoding(2, 12), encoding(3, 13));
    assertThat(Fixtures.ingestAnswer(offer).write()).doesNotContain("a=simulcast");
  }

  @Test
  void what_is_not_signalled_is_learnt_later() throws Exception {
    assertThat(plan(video("a=x")).media().get(0).encodings())
        .containsExactly(
            new PlannedEncoding(Optional.empty(), OptionalLong.empty(), OptionalLong.empty()));
  }

  private static SessionDescription video(String... lines) {
    return Offers.video("96 97", CODECS + "\n" + String.join("\n", lines));
  }

  private static List<String> rids(SessionDescription offer) throws NegotiationException {
    return plan(offer).media().get(0).encodings().stream().map(e -> e.rid().orElse("")).toList();
  }

  private static PlannedEncoding encoding(long ssrc) {
    return new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), OptionalLong.empty());
  }

  private static PlannedEncoding encoding(long ssrc, long rtx) {
    return new PlannedEncoding(Optional.empty(), OptionalLong.of(ssrc), OptionalLong.of(rtx));
  }

  private static IngestPlan plan(SessionDescription offer) throws NegotiationException {
    return Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT);
  }
}
