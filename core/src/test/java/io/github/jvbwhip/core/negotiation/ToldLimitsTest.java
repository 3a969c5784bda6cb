package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.sdp.MediaDescription;
import io.github.jvbwhip.core.sdp.RtpAttribute.Fmtp;
import io.github.jvbwhip.core.sdp.SdpLine.Field;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers tell publishers of their limits. */
class ToldLimitsTest {

  private static SessionDescription answer(SessionDescription offer, PublisherLimits limits)
      throws Exception {
    IngestPlan plan = Negotiation.planIngest(offer, Fixtures.EVERYTHING, NegotiationRules.LENIENT);
    return Negotiation.answer(plan, limits, Fixtures.LOCAL, 1);
  }

  private static PublisherLimits bitrate(long bitsPerSecond) {
    return new PublisherLimits(OptionalLong.of(bitsPerSecond), Optional.empty());
  }

  private static PublisherLimits resolution(String text) {
    return new PublisherLimits(OptionalLong.empty(), Resolution.of(text));
  }

  private static List<String> bandwidth(MediaDescription section) {
    return section.lines().stream()
        .filter(line -> line instanceof Field field && field.type() == 'b')
        .map(line -> ((Field) line).value())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"2000000, 1872, 1872000", "200000, 150, 150000", "1, 1, 1"})
  void video_is_told_what_audio_leaves_of_the_bit_rate(long limit, String as, String tias)
      throws Exception {
    for (String client : List.of("chromium-whip", "chromium-whip-simulcast", "obs", "ffmpeg")) {
      SessionDescription answer = answer(Fixtures.offer(client), bitrate(limit));
      assertThat(bandwidth(answer.media().get(0))).as(client).isEmpty();
      assertThat(bandwidth(answer.media().get(1)))
          .as(client)
          .containsExactly("AS:" + as, "TIAS:" + tias);
    }
  }

  /** RFC 8866 §9: connection, bandwidth, attributes. */
  @Test
  void the_bandwidth_stands_where_the_grammar_has_it() throws Exception {
    String text = answer(Fixtures.offer("obs"), bitrate(1_000_000)).write();
    assertThat(text)
        .contains("c=IN IP4 0.0.0.0\r\nb=AS:872\r\nb=TIAS:872000\r\na=ice-ufrag")
        .containsOnlyOnce("b=AS");
    assertThat(SessionDescription.parse(text).write()).isEqualTo(text);
  }

  @Test
  void several_videos_share_it() throws Exception {
    String mid = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\n";
    SessionDescription offer =
        Fixtures.parse(
            Offers.HEAD
                + "a=group:BUNDLE 0 1 2\n"
                + Offers.AUDIO
                + Offers.VIDEO
                + mid
                + Offers.VIDEO.replace("mid:1", "mid:2")
                + mid);
    SessionDescription answer = answer(offer, bitrate(1_128_000));
    assertThat(bandwidth(answer.media().get(0))).isEmpty();
    assertThat(bandwidth(answer.media().get(1))).containsExactly("AS:500", "TIAS:500000");
    assertThat(bandwidth(answer.media().get(2))).containsExactly("AS:500", "TIAS:500000");
  }

  @Test
  void audio_alone_is_told_all_of_it() throws Exception {
    SessionDescription offer = Offers.audio("111", "a=rtpmap:111 opus/48000/2");
    assertThat(bandwidth(answer(offer, bitrate(64_000)).media().get(0)))
        .containsExactly("AS:64", "TIAS:64000");
  }

  @Test
  void the_size_is_told_as_a_number_of_macroblocks_where_a_codec_has_that() throws Exception {
    SessionDescription answer = answer(Fixtures.offer("chromium-whip"), resolution("1280x720"));
    List<String> parameters =
        answer.media().get(1).all(Fmtp.class).stream()
            .map(fmtp -> fmtp.payloadType() + " " + fmtp.text())
            .toList();
    assertThat(parameters)
        .contains("96 max-fs=3600")
        .anyMatch(p -> p.startsWith("98 profile-id=0") && p.endsWith(";max-fs=3600"))
        .anyMatch(p -> p.contains("profile-level-id=42e01f") && p.endsWith(";max-fs=3600"))
        .contains("45 level-idx=5;profile=0;tier=0");
    assertThat(answer.media().get(0).all(Fmtp.class))
        .noneMatch(fmtp -> fmtp.text().contains("max-fs"));
  }

  @Test
  void nothing_else_changes_but_the_told_limits() throws Exception {
    for (String client :
        List.of(
            "chromium-whip",
            "chromium-whip-simulcast",
            "ffmpeg",
            "gstreamer-simple-whip-client",
            "gstreamer-webrtcbin-h264",
            "gstreamer-webrtcbin-vp8",
            "obs",
            "obs-simulcast",
            "webrtc-java-whip")) {
      String told =
          answer(
                  Fixtures.offer(client),
                  new PublisherLimits(OptionalLong.of(900_000), Resolution.of("640x360")))
              .write();
      String without = answer(Fixtures.offer(client), PublisherLimits.NONE).write();
      assertThat(
              told.replaceAll("b=T?I?AS:[0-9]+\r\n", "")
                  .replaceAll("a=fmtp:[0-9]+ max-fs=[0-9]+\r\n", "")
                  .replaceAll(";max-fs=[0-9]+", "")
                  .lines()
                  .sorted()
                  .toList())
          .as(client)
          .isEqualTo(without.lines().sorted().toList());
    }
  }

  @Test
  void an_h264_level_that_allows_more_stays_as_it_is() throws Exception {
    String fmtp = "packetization-mode=1;profile-level-id=42e01f";
    SessionDescription offer = Offers.video("106", "a=rtpmap:106 H264/90000", "a=fmtp:106 " + fmtp);
    assertThat(answer(offer, resolution("1279x719")).write()).contains("max-fs=3600");
    assertThat(answer(offer, resolution("640x360")).write())
        .contains("a=fmtp:106 " + fmtp + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-fs=1200;max-fr=30", "max-fs=3600"})
  void a_smaller_size_of_the_offer_stays(String fmtp) throws Exception {
    SessionDescription offer = Offers.video("120", "a=rtpmap:120 VP8/90000", "a=fmtp:120 " + fmtp);
    assertThat(answer(offer, resolution("1280x720")).write())
        .contains("a=fmtp:120 " + fmtp + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-fs=12288;max-fr=60", "max-fs=x;max-fr=60"})
  void a_larger_one_is_replaced(String fmtp) throws Exception {
    SessionDescription offer = Offers.video("120", "a=rtpmap:120 VP8/90000", "a=fmtp:120 " + fmtp);
    assertThat(answer(offer, resolution("1280x720")).write())
        .contains("a=fmtp:120 max-fs=3600;max-fr=60\r\n");
  }
}
