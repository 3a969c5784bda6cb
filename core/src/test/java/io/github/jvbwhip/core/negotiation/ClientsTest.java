package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.sdp.IceAttribute.Candidate;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What each known client sends, and what it needs of an answer. */
class ClientsTest {

  /** OBS 30 to 32, on libdatachannel. */
  @Nested
  class Obs {
    private final SessionDescription offer = Fixtures.offer("obs");

    @Test
    void fingerprint_at_the_session_level_and_no_candidates() throws Exception {
      IngestPlan plan = plan(offer);
      assertThat(plan.remote().fingerprints()).hasSize(1);
      assertThat(plan.remote().candidates()).isEmpty();
    }

    @Test
    void one_video_codec_without_retransmissions_or_transport_wide_feedback() throws Exception {
      IngestMedia video = plan(offer).media().get(1);
      assertThat(video.codecs()).hasSize(1);
      assertThat(video.codecs().get(0).payloadType()).isEqualTo(96);
      assertThat(video.codecs().get(0).rtxPayloadType()).isEmpty();
      assertThat(video.codecs().get(0).feedback())
          .isEqualTo(Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.GOOG_REMB));
      assertThat(video.extensions())
          .containsExactly(
              new NegotiatedExtension(1, HeaderExtensionType.MID),
              new NegotiatedExtension(2, HeaderExtensionType.RID));
    }

    @Test
    void hevc_and_av1_come_on_the_same_number() throws Exception {
      for (String name : List.of("H265", "AV1")) {
        String text = Fixtures.offerText("obs").replace("H264/90000", name + "/90000");
        assertThat(plan(Fixtures.parse(text)).media().get(1).codecs().get(0).codec().is(name))
            .isTrue();
      }
    }

    @Test
    void the_ssrc_of_one_layer_is_known() throws Exception {
      assertThat(plan(offer).media().get(1).encodings())
          .containsExactly(
              new PlannedEncoding(
                  Optional.empty(), OptionalLong.of(258579308), OptionalLong.empty()));
    }

    @Test
    void simulcast_has_rids_and_no_ssrcs() throws Exception {
      assertThat(plan(Fixtures.offer("obs-simulcast")).media().get(1).encodings())
          .allMatch(encoding -> encoding.rid().isPresent() && encoding.ssrc().isEmpty())
          .hasSize(3);
    }

    @Test
    void two_and_four_layers_are_answered_with_as_many() throws Exception {
      String two =
          Fixtures.offerText("obs-simulcast")
              .replace("a=rid:2 send\r\n", "")
              .replace("send 0;1;2", "send 0;1");
      String four =
          Fixtures.offerText("obs-simulcast")
              .replace("a=rid:2 send\r\n", "a=rid:2 send\r\na=rid:3 send\r\n")
              .replace("send 0;1;2", "send 0;1;2;3");
      assertThat(Fixtures.ingestAnswer(Fixtures.parse(two)).write())
          .contains("a=simulcast:recv 0;1\r\n");
      assertThat(Fixtures.ingestAnswer(Fixtures.parse(four)).write())
          .contains("a=simulcast:recv 0;1;2;3\r\n");
    }

    @Test
    void every_line_ends_with_crlf() throws Exception {
      String answer = Fixtures.ingestAnswer(offer).write();
      assertThat(answer.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }
  }

  /** FFmpeg's WHIP muxer. */
  @Nested
  class Ffmpeg {
    private final SessionDescription offer = Fixtures.offer("ffmpeg");

    @Test
    void passive_setup_makes_the_bridge_active() throws Exception {
      assertThat(plan(offer).remote().role()).isEqualTo(DtlsRole.PASSIVE);
      assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=setup:active\r\n");
    }

    @Test
    void the_first_candidate_is_an_ipv4_host_over_udp() throws Exception {
      Candidate first =
          Fixtures.ingestAnswer(offer).media().get(0).first(Candidate.class).orElseThrow();
      assertThat(first.address()).isEqualTo("198.51.100.1");
      assertThat(first.transport()).isEqualTo("udp");
      assertThat(first.type()).isEqualTo("host");
    }

    @Test
    void nothing_is_answered_that_it_does_not_know() throws Exception {
      assertThat(Fixtures.ingestAnswer(offer).write())
          .doesNotContain("a=rtcp-fb")
          .doesNotContain("a=extmap:");
    }

    @Test
    void the_profile_is_its_own() throws Exception {
      Codec h264 = plan(offer).media().get(1).codecs().get(0).codec();
      assertThat(h264.parameter("profile-level-id", "")).isEqualTo("42001e");
    }
  }

  /** GStreamer's simple-whip-client, on webrtcbin. */
  @Nested
  class GStreamer {
    private final SessionDescription offer = Fixtures.offer("gstreamer-simple-whip-client");

    @Test
    void mids_are_names() throws Exception {
      assertThat(plan(offer).media()).extracting(IngestMedia::mid).contains("audio0", "video1");
      assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=group:BUNDLE audio0 video1\r\n");
    }

    @Test
    void capitals_are_the_same_codec_and_are_echoed() throws Exception {
      assertThat(plan(offer).media().get(0).codecs().get(0).codec().is("opus")).isTrue();
      assertThat(Fixtures.ingestAnswer(offer).write()).contains("a=rtpmap:100 OPUS/48000/2\r\n");
    }

    @Test
    void a_bundle_only_section_of_port_0_is_accepted() throws Exception {
      assertThat(offer.media().get(1).port()).isZero();
      MediaDescription answered = Fixtures.ingestAnswer(offer).media().get(1);
      assertThat(answered.port()).isEqualTo(9);
    }

    @Test
    void streams_are_named_in_ssrc_lines_alone() throws Exception {
      assertThat(plan(offer).media()).hasSize(2);
    }

    @Test
    void the_first_section_has_the_candidates() throws Exception {
      assertThat(Fixtures.ingestAnswer(offer).media().get(0).all(Candidate.class)).isNotEmpty();
    }

    @Test
    void the_body_starts_with_the_version() throws Exception {
      assertThat(Fixtures.ingestAnswer(offer).write()).startsWith("v=0\r\n");
    }

    @Test
    void its_fragments_have_a_pseudo_media_line_and_tcp_candidates() throws Exception {
      IceUpdate update =
          IceUpdate.of(
              IceFragment.parse(
                  "a=ice-ufrag:uCPv6rlkxvGrFaACiqP+NYMlhUzqv+xN\r\n"
                      + "a=ice-pwd:yScI8j+vey96SK1tybhaknvnLYOBquBh\r\n"
                      + "m=audio 9 RTP/AVP 0\r\n"
                      + "a=mid:audio0\r\n"
                      + "a=candidate:1 1 UDP 2015363327 192.0.2.2 50000 typ host\r\n"
                      + "a=candidate:2 1 TCP 1015021823 192.0.2.2 9 typ host tcptype active\r\n"
                      + "a=end-of-candidates\r\n"),
              NegotiationRules.LENIENT);
      assertThat(update.candidates())
          .extracting(IceCandidate::protocol)
          .containsExactly(IceCandidate.Protocol.UDP, IceCandidate.Protocol.TCP);
      assertThat(update.restarts(plan(offer).remote().credentials())).isFalse();
    }
  }

  /** Chromium and the libraries that run in it. */
  @Nested
  class Browsers {

    @Test
    void simulcast_video_has_no_ssrcs() throws Exception {
      assertThat(plan(Fixtures.offer("chromium-whip-simulcast")).media().get(1).encodings())
          .allMatch(encoding -> encoding.ssrc().isEmpty());
    }

    @Test
    void plain_video_has_them() throws Exception {
      assertThat(plan(Fixtures.offer("chromium-whip")).media().get(1).encodings())
          .allMatch(encoding -> encoding.ssrc().isPresent() && encoding.rtxSsrc().isPresent());
    }

    @Test
    void a_track_without_stream_is_publishable() throws Exception {
      String text =
          Fixtures.offerText("chromium-whip")
              .replace("a=msid:7eeaa69a-5bc7-4891-bc22-195d0cfa50f8", "a=msid:-");
      assertThat(plan(Fixtures.parse(text)).media()).hasSize(2);
    }

    @Test
    void one_candidate_at_a_time_may_be_trickled() throws Exception {
      IceUpdate update =
          IceUpdate.of(
              IceFragment.parse(
                  "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"
                      + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n"
                      + "a=candidate:1 1 udp 2122260223 x.local 61764 typ host generation 0\r\n"),
              NegotiationRules.LENIENT);
      assertThat(update.candidates()).hasSize(1);
      assertThat(update.endOfCandidates()).isFalse();
    }
  }

  private static IngestPlan plan(SessionDescription offer) throws NegotiationException {
    return Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT);
  }
}
