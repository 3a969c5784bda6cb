package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.negotiation.NegotiationException.Reason;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a player's offer comes to. */
class EgressPlanTest {

  @Test
  void everything_that_can_be_forwarded_is_kept() throws Exception {
    EgressMedia video = plan(Fixtures.offer("chromium-whep")).media().get(1);
    assertThat(video.codecs())
        .extracting(NegotiatedCodec::payloadType)
        .containsExactly(96, 98, 100, 35, 37, 102, 104, 108, 114, 116, 39, 41, 43, 45, 47);
    assertThat(video.codecs()).allMatch(codec -> codec.rtxPayloadType().isPresent());
  }

  @Test
  void what_is_published_comes_first() throws Exception {
    Codec high =
        new Codec(
            MediaKind.VIDEO,
            "H264",
            90_000,
            1,
            Map.of("profile-level-id", "4d0033", "packetization-mode", "1"));
    Codec av1 = new Codec(MediaKind.VIDEO, "AV1", 90_000, 1, Map.of());
    EgressPlan plan = plan(Fixtures.offer("chromium-whep"), high, av1);
    assertThat(plan.media().get(1).codecs())
        .extracting(NegotiatedCodec::payloadType)
        .startsWith(116, 45, 96, 98)
        .doesNotHaveDuplicates()
        .hasSize(15);
    assertThat(
            Negotiation.answer(plan, Fixtures.LOCAL, Fixtures.sources(plan), 1)
                .media()
                .get(1)
                .formats())
        .startsWith("116", "117", "45", "46", "96", "97");
  }

  @Test
  void what_is_published_twice_is_listed_once() throws Exception {
    Codec vp9 = new Codec(MediaKind.VIDEO, "VP9", 90_000, 1, Map.of());
    Codec same = new Codec(MediaKind.VIDEO, "VP9", 90_000, 1, Map.of("max-fr", "30"));
    SessionDescription offer = Fixtures.offer("chromium-whep");
    assertThat(plan(offer, vp9, same)).isEqualTo(plan(offer, vp9));
  }

  @Test
  void what_the_player_cannot_take_changes_nothing() throws Exception {
    Codec hevc = new Codec(MediaKind.VIDEO, "H265", 90_000, 1, Map.of());
    assertThat(plan(Fixtures.offer("chromium-whep"), hevc))
        .isEqualTo(plan(Fixtures.offer("chromium-whep")));
  }

  @ParameterizedTest
  @CsvSource({
    "sprop-stereo,minptime=10;useinbandfec=1,minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1",
    "stereo,minptime=10;useinbandfec=1,minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1",
    "sprop-stereo,stereo=1,stereo=1;sprop-stereo=1",
    "sprop-stereo,sprop-stereo=0;stereo=0,sprop-stereo=0;stereo=0",
    "sprop-stereo,,stereo=1;sprop-stereo=1",
    "usedtx,minptime=10,minptime=10",
  })
  void a_player_is_told_of_stereo(String published, @Nullable String offered, String answered)
      throws Exception {
    Codec opus = new Codec(MediaKind.AUDIO, "opus", 48_000, 2, Map.of(published, "1"));
    String offer =
        Offers.PLAYER.replace(
            "a=rtpmap:111 opus/48000/2\n",
            "a=rtpmap:111 opus/48000/2\n"
                + (offered == null ? "" : "a=fmtp:111 " + offered + "\n"));
    EgressPlan plan = plan(Fixtures.parse(offer), opus);
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, Fixtures.sources(plan), 1).write())
        .contains("a=fmtp:111 " + answered + "\r\n");
  }

  @Test
  void video_may_come_first() throws Exception {
    String offer =
        Offers.PLAYER
            .substring(0, Offers.PLAYER.indexOf("m=audio"))
            .replace("BUNDLE 0 1", "BUNDLE 1 0");
    String audio =
        Offers.PLAYER.substring(Offers.PLAYER.indexOf("m=audio"), Offers.PLAYER.indexOf("m=video"));
    String video = Offers.PLAYER.substring(Offers.PLAYER.indexOf("m=video"));
    SessionDescription answer = Fixtures.egressAnswer(Fixtures.parse(offer + video + audio));
    assertThat(answer.media())
        .extracting(MediaDescription::media)
        .containsExactly("video", "audio");
    assertThat(answer.write()).contains("a=group:BUNDLE 1 0\r\n");
  }

  @Test
  void several_sections_of_a_kind_are_served() throws Exception {
    String offer =
        Offers.PLAYER.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
            + Offers.VIDEO
                .replace("mid:1", "mid:2")
                .replace("sendonly", "recvonly")
                .replace("a=msid:s v\n", "");
    EgressPlan plan = plan(Fixtures.parse(offer));
    assertThat(plan.media()).extracting(EgressMedia::mid).containsExactly("0", "1", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "a data channel,m=application 9 UDP/DTLS/SCTP webrtc-datachannel,",
    "a codec of nobody,m=video 9 UDP/TLS/RTP/SAVPF 99,a=rtpmap:99 theora/90000",
    "an inactive one,m=video 9 UDP/TLS/RTP/SAVPF 99,a=inactive",
    "a disabled one,m=video 0 UDP/TLS/RTP/SAVPF 99,a=rtpmap:99 VP8/90000",
    "one without DTLS,m=video 9 RTP/AVP 99,a=rtpmap:99 VP8/90000",
  })
  void a_section_that_cannot_be_served_is_refused_alone(String name, String mediaLine, String line)
      throws Exception {
    String offer = Offers.PLAYER + mediaLine + "\na=mid:x\n" + (line == null ? "" : line + "\n");
    SessionDescription answer = Fixtures.egressAnswer(Fixtures.parse(offer));
    MediaDescription refused = answer.media().get(2);
    assertThat(answer.media()).hasSize(3);
    assertThat(refused.port()).as(name).isZero();
    assertThat(refused.mid()).contains("x");
    assertThat(answer.write()).contains("a=group:BUNDLE 0 1\r\n");
  }

  /** The first section of the group carries the transport, also when its media is refused. */
  @Test
  void the_transport_may_be_the_one_of_a_refused_section() throws Exception {
    int video = Offers.PLAYER.indexOf("m=video");
    String offer =
        Offers.PLAYER.substring(0, video).replace("opus", "speex")
            + Offers.PLAYER
                .substring(video)
                .replace("video 9", "video 0")
                .replace(Offers.TRANSPORT, "a=bundle-only\n");
    EgressPlan plan = plan(Fixtures.parse(offer));
    assertThat(plan.media()).extracting(EgressMedia::mid).containsExactly("1");
    assertThat(plan.remote()).isEqualTo(plan(Fixtures.parse(Offers.PLAYER)).remote());
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, List.of(), 1).write())
        .contains("a=group:BUNDLE 1\r\n");
  }

  @Test
  void an_offer_of_which_nothing_can_be_served_is_refused_for_its_first_reason() {
    assertReason(Offers.PLAYER.replace("recvonly", "sendonly"), Reason.WRONG_DIRECTION);
    assertReason(Offers.PLAYER.replace("recvonly", "inactive"), Reason.WRONG_DIRECTION);
    assertReason(
        Offers.PLAYER.replace("opus", "speex").replace("VP8", "theora"), Reason.NO_COMMON_CODEC);
    assertReason(
        Offers.HEAD + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n", Reason.SECTION_REFUSED);
    assertReason(Offers.HEAD, Reason.NO_MEDIA);
    assertReason(
        Offers.PLAYER.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), Reason.UNSUPPORTED_TRANSPORT);
  }

  @Test
  void sections_beyond_the_bound_are_refused_alone() throws Exception {
    SessionDescription offer = large();
    EgressPlan plan = plan(offer);
    assertThat(plan.media()).hasSize(1 + 8);
    List<MediaDescription> answer =
        Negotiation.answer(plan, Fixtures.LOCAL, Fixtures.sources(plan), 1).media();
    assertThat(answer).hasSize(16);
    assertThat(answer.subList(0, 9)).allMatch(section -> section.port() != 0);
    assertThat(answer.subList(9, 16)).allMatch(section -> section.port() == 0);

    NegotiationRules all = NegotiationRules.LENIENT.withMaxEgressSections(15);
    assertThat(Negotiation.planEgress(offer, Fixtures.EVERYTHING, all, List.of()).media())
        .hasSize(16);
  }

  /** A session keeps what is planned: a browser's sections have the same dozens of codecs. */
  @Test
  void sections_alike_share_their_codecs() throws Exception {
    List<EgressMedia> media = plan(large()).media();
    assertThat(media.get(2).codecs()).hasSize(15);
    for (int i = 0; i < 15; i++) {
      assertThat(media.get(2).codecs().get(i)).isSameAs(media.get(1).codecs().get(i));
    }
  }

  private static SessionDescription large() throws Exception {
    return SessionDescription.parse(
        Files.readString(Path.of("src/test/resources/large/chromium-whep-16.sdp")));
  }

  @Test
  void parameters_that_no_codec_has_are_not_kept() throws Exception {
    StringBuilder fmtp = new StringBuilder("a=fmtp:111 minptime=10;");
    fmtp.append("x".repeat(1100)).append("=1");
    for (int i = 0; i < 100; i++) {
      fmtp.append(";p").append(i).append("=1");
    }
    String line = "a=rtpmap:111 opus/48000/2\n";
    EgressPlan plan = plan(Fixtures.parse(Offers.PLAYER.replace(line, line + fmtp + "\n")));
    assertThat(plan.media().get(0).codecs().get(0).codec().parameters())
        .hasSizeLessThanOrEqualTo(16)
        .containsEntry("minptime", "10")
        .allSatisfy((name, value) -> assertThat(name.length()).isLessThan(1100));
  }

  @Test
  void malformed_offers_are_refused_as_a_whole() {
    assertReason(Offers.PLAYER.replace("SAVPF 96", "SAVPF 128"), Reason.MALFORMED);
    assertReason(Offers.PLAYER.replace("96", "111"), Reason.MALFORMED);
    assertReason(Offers.PLAYER.replaceAll("a=fingerprint.*\n", ""), Reason.MISSING_FINGERPRINT);
    assertReason(Offers.PLAYER.replaceAll("a=ice-ufrag.*\n", ""), Reason.MISSING_ICE);
    assertReason(Offers.PLAYER.replace("a=group:BUNDLE 0 1\n", ""), Reason.NOT_BUNDLED);
    assertReason(Offers.PLAYER.replace(Offers.MUX, ""), Reason.NO_RTCP_MUX);
  }

  @Test
  void sendrecv_is_answered_with_sendonly() throws Exception {
    String answer =
        Fixtures.egressAnswer(Fixtures.parse(Offers.PLAYER.replace("recvonly", "sendrecv")))
            .write();
    assertThat(answer).contains("a=sendonly\r\n").doesNotContain("a=sendrecv");
  }

  private static void assertReason(String offer, Reason reason) {
    assertThatThrownBy(() -> plan(Fixtures.parse(offer)))
        .isInstanceOfSatisfying(
            NegotiationException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static EgressPlan plan(SessionDescription offer, Codec... preferred)
      throws NegotiationException {
    return Negotiation.planEgress(
        offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT, List.of(preferred));
  }
}
