package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which codecs of an offer are accepted, with which numbers, parameters and feedback. */
class IngestCodecsTest {

  @Test
  void supported_ones_are_kept_in_the_offers_order_with_its_numbers() throws Exception {
    assertThat(media("chromium-whip", 1).codecs())
        .extracting(NegotiatedCodec::payloadType)
        .containsExactly(96, 102, 104, 108, 114, 116, 39, 45, 98, 100);
  }

  @Test
  void forward_error_correction_tones_and_comfort_noise_are_dropped() throws Exception {
    String answer = Fixtures.ingestAnswer(Fixtures.offer("chromium-whip")).write();
    assertThat(answer)
        .doesNotContainIgnoringCase("ulpfec")
        .doesNotContain("red/90000")
        .doesNotContain("telephone-event")
        .doesNotContain("CN/8000")
        .doesNotContain("G722")
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"42e01f", "42001f", "4d0033", "64001f", "640c1f", "f4001f", "58a01e", "zz"})
  void every_h264_profile_is_accepted_and_answered_as_offered(String profile) throws Exception {
    String fmtp = "packetization-mode=0;profile-level-id=" + profile;
    SessionDescription offer = Offers.video("106", "a=rtpmap:106 H264/90000", "a=fmtp:106 " + fmtp);
    assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=fmtp:106 " + fmtp + "\r\n");
  }

  /** RFC 7587 §7: there is no other number of channels. */
  @Test
  void opus_without_channels_is_answered_with_them() throws Exception {
    SessionDescription offer = Offers.audio("100", "a=rtpmap:100 OPUS/48000");
    assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=rtpmap:100 OPUS/48000/2\r\n");
  }

  @Test
  void h264_without_parameters_is_accepted() throws Exception {
    SessionDescription offer = Offers.video("106", "a=rtpmap:106 H264/90000");
    assertThat(Fixtures.ingestAnswer(offer).write()).doesNotContain("a=fmtp");
  }

  @Test
  void retransmissions_go_with_their_codec() throws Exception {
    NegotiatedCodec vp8 = media("chromium-whip", 1).codecs().get(0);
    assertThat(vp8.rtxPayloadType()).isEqualTo(OptionalInt.of(97));
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("chromium-whip")).write())
        .contains("a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n")
        .doesNotContain("apt=118");
  }

  @Test
  void retransmissions_are_dropped_where_the_bridge_has_none() throws Exception {
    MediaCapabilities all = Fixtures.EVERYTHING;
    MediaCapabilities without =
        new MediaCapabilities(
            all.audioCodecs(),
            all.videoCodecs(),
            false,
            all.ingestFeedback(),
            all.egressFeedback(),
            all.ingestExtensions(),
            all.egressExtensions(),
            true);
    IngestPlan plan =
        Negotiation.planIngest(Fixtures.offer("chromium-whip"), without, NegotiationRules.LENIENT);
    assertThat(plan.media().get(1).codecs())
        .allMatch(codec -> codec.rtxPayloadType().isEmpty())
        .hasSize(10);
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, 1).write()).doesNotContain("rtx");
  }

  @Test
  void what_repeats_a_codec_has_its_clock() throws Exception {
    SessionDescription offer =
        Offers.video("96 97", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/9000", "a=fmtp:97 apt=96");
    assertThat(plan(offer).media().get(0).codecs().get(0).rtxPayloadType()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "apt=", "apt=9x", "apt=-96", "apt=0096", "apt=97", "rtx-time=96"})
  void retransmissions_of_no_offered_codec_are_dropped(String parameters) throws Exception {
    SessionDescription offer =
        Offers.video(
            "96 97", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 " + parameters);
    assertThat(plan(offer).media().get(0).codecs().get(0).rtxPayloadType()).isEmpty();
    assertThat(Fixtures.ingestAnswer(offer).media().get(0).formats()).containsExactly("96");
  }

  @Test
  void red_is_kept_with_the_codec_it_carries() throws Exception {
    assertThat(media("chromium-whip", 0).codecs())
        .extracting(codec -> codec.codec().name())
        .containsExactly("opus", "red");
  }

  @Test
  void red_of_a_codec_that_is_dropped_is_dropped() throws Exception {
    SessionDescription offer =
        Offers.audio(
            "63 64 111",
            "a=rtpmap:63 red/48000/2",
            "a=fmtp:63 0/0",
            "a=rtpmap:64 red/48000/2",
            "a=rtpmap:111 opus/48000/2");
    assertThat(plan(offer).media().get(0).codecs())
        .extracting(NegotiatedCodec::payloadType)
        .containsExactly(111);
  }

  @Test
  void multichannel_opus_is_kept() throws Exception {
    SessionDescription offer =
        Offers.audio(
            "112",
            "a=rtpmap:112 multiopus/48000/6",
            "a=fmtp:112 channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2");
    assertThat(plan(offer).media().get(0).codecs().get(0).codec().channels()).isEqualTo(6);
    assertThat(Fixtures.ingestAnswer(offer).write())
        .contains("a=rtpmap:112 multiopus/48000/6\r\n")
        .contains("a=fmtp:112 channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2\r\n");
  }

  @Test
  void stereo_is_echoed() throws Exception {
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("obs")).write())
        .contains("stereo=1;sprop-stereo=1");
  }

  @Test
  void a_stereo_sender_is_asked_for_stereo() throws Exception {
    SessionDescription offer =
        Offers.audio("111", "a=rtpmap:111 opus/48000/2", "a=fmtp:111 sprop-stereo=1");
    assertThat(Fixtures.ingestAnswer(offer).write())
        .contains("a=fmtp:111 sprop-stereo=1;stereo=1\r\n");
  }

  @Test
  void a_mono_sender_is_not_asked_for_stereo() throws Exception {
    assertThat(Fixtures.ingestAnswer(Fixtures.offer("gstreamer-simple-whip-client")).write())
        .contains("a=fmtp:100 sprop-stereo=0;sprop-maxcapturerate=48000\r\n");
  }

  @Test
  void feedback_is_the_intersection() throws Exception {
    SessionDescription offer =
        Offers.video(
            "96",
            "a=rtpmap:96 VP8/90000",
            "a=rtcp-fb:96 nack",
            "a=rtcp-fb:96 ack",
            "a=rtcp-fb:96 goog-remb");
    assertThat(plan(offer).media().get(0).codecs().get(0).feedback())
        .isEqualTo(Set.of(Feedback.NACK, Feedback.GOOG_REMB));
  }

  @Test
  void feedback_for_all_formats_is_feedback_for_each() throws Exception {
    SessionDescription offer =
        Offers.video(
            "96 98",
            "a=rtcp-fb:96 ccm fir",
            "a=rtcp-fb:* nack pli",
            "a=rtpmap:96 VP8/90000",
            "a=rtpmap:98 VP9/90000");
    List<NegotiatedCodec> codecs = plan(offer).media().get(0).codecs();
    assertThat(codecs.get(0).feedback()).isEqualTo(Set.of(Feedback.NACK_PLI, Feedback.CCM_FIR));
    assertThat(codecs.get(1).feedback()).isEqualTo(Set.of(Feedback.NACK_PLI));
  }

  @Test
  void transport_wide_feedback_needs_its_header_extension() throws Exception {
    String uri = HeaderExtensionType.TRANSPORT_CC.uri();
    String[] lines = {
      "a=rtpmap:96 VP8/90000",
      "a=rtcp-fb:96 transport-cc",
      "a=extmap:4 " + HeaderExtensionType.MID.uri()
    };
    assertThat(plan(Offers.video("96", lines)).media().get(0).codecs().get(0).feedback()).isEmpty();
    lines[2] = "a=extmap:3 " + uri;
    assertThat(plan(Offers.video("96", lines)).media().get(0).codecs().get(0).feedback())
        .isEqualTo(Set.of(Feedback.TRANSPORT_CC));
  }

  @Test
  void a_payload_type_that_is_listed_twice_is_answered_once() throws Exception {
    SessionDescription offer = Offers.video("96 96", "a=rtpmap:96 VP8/90000");
    assertThat(Fixtures.ingestAnswer(offer).media().get(0).formats()).containsExactly("96");
  }

  @Test
  void static_payload_types_need_no_rtpmap() throws Exception {
    MediaCapabilities all = Fixtures.EVERYTHING;
    MediaCapabilities pcm =
        new MediaCapabilities(
            List.of("PCMU"),
            all.videoCodecs(),
            true,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            false);
    IngestPlan plan =
        Negotiation.planIngest(Offers.audio("0 13", "a=x"), pcm, NegotiationRules.LENIENT);
    assertThat(plan.media().get(0).codecs()).hasSize(1);
    assertThat(Negotiation.answer(plan, Fixtures.LOCAL, 1).write())
        .contains("a=rtpmap:0 PCMU/8000\r\n");
  }

  private static IngestMedia media(String offer, int index) throws NegotiationException {
    return plan(Fixtures.offer(offer)).media().get(index);
  }

  private static IngestPlan plan(SessionDescription offer) throws NegotiationException {
    return Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT);
  }
}
