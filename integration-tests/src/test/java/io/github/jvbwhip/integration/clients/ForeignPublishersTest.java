package io.github.jvbwhip.integration.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.ReceptionReport;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.media.Codec;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The foreign publishers do what they are for, seen by a peer that is not the product. */
class ForeignPublishersTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final PeerEndpoint endpoint = new PeerEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
  }

  private void awaitMedia(int encodings) {
    endpoint.peer().awaitConnected(SOON);
    endpoint
        .peer()
        .await(
            encodings + " encodings with a keyframe and some frames",
            SOON,
            () ->
                endpoint.peer().received().video().stream()
                        .filter(s -> s.keyframes() > 0 && s.frames() > 10)
                        .count()
                    == encodings);
    endpoint.peer().awaitAudioPackets(20, SOON);
    for (StreamReport stream : endpoint.peer().received().video()) {
      assertThat(stream.missing()).as("missing of %s", stream).isZero();
      assertThat(stream.timestampRegressions()).isZero();
    }
  }

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_publishes() throws IOException {
    try (WebRtcPublisher publisher = WebRtcPublisher.publish(endpoint.uri(), 640, 360)) {
      publisher.awaitConnected(SOON);
      awaitMedia(1);
      endpoint.keepOffer("webrtc-java");
    }
    assertThat(endpoint.isDeleted()).isTrue();
  }

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_publishes_three_encodings() throws IOException {
    try (WebRtcPublisher publisher =
        WebRtcPublisher.publish(endpoint.uri(), 1280, 720, 3, offer -> offer, answer -> answer)) {
      publisher.awaitConnected(SOON);
      endpoint.keepOffer("webrtc-java-simulcast");
      awaitMedia(3);
      ReceptionReport seen = endpoint.peer().received();
      assertThat(seen.ofRid("0").orElseThrow().sizes()).containsExactly("320x180");
      assertThat(seen.ofRid("2").orElseThrow().sizes()).containsExactly("1280x720");
    }
  }

  @Test
  @Requires(Tool.OBS_STAND_IN)
  void the_obs_stand_in_publishes() throws IOException {
    try (ObsStandIn obs = ObsStandIn.publish(endpoint.uri(), "1280x720")) {
      obs.awaitConnected(SOON);
      endpoint.keepOffer("obs-stand-in");
      awaitMedia(1);
      assertThat(endpoint.peer().received().video().get(0).codec()).isEqualTo(Codec.H264);
    }
  }

  @Test
  @Requires(Tool.OBS_STAND_IN)
  void the_obs_stand_in_publishes_three_layers() throws IOException {
    ObsStandIn obs = ObsStandIn.publish(endpoint.uri(), "1280x720", "852x480", "426x240");
    try (obs) {
      obs.awaitConnected(SOON);
      endpoint.keepOffer("obs-stand-in-simulcast");
      awaitMedia(3);
      ReceptionReport seen = endpoint.peer().received();
      assertThat(seen.ofRid("0").orElseThrow().payloadBytes())
          .isGreaterThan(seen.ofRid("2").orElseThrow().payloadBytes());
    }
    assertThat(obs.deleteStatus()).isEqualTo(200);
    assertThat(endpoint.isDeleted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"vp8, VP8", "h264, H264"})
  @Requires(Tool.GSTREAMER)
  void gstreamer_publishes(String codec, Codec expected) throws IOException {
    GStreamerPublisher publisher = GStreamerPublisher.publish(endpoint.uri(), codec);
    try (publisher) {
      endpoint.peer().awaitConnected(SOON);
      endpoint.keepOffer("gstreamer-" + codec);
      awaitMedia(1);
      assertThat(endpoint.peer().received().video().get(0).codec()).isEqualTo(expected);
    }
    assertThat(publisher.deleteStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"VP8, VP8", "VP9, VP9", "H264, H264", "AV1, AV1"})
  @Requires(Tool.CHROMIUM)
  void chromium_publishes(String codec, Codec expected) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(browser, endpoint.uri(), endpoint.uri(), codec, 1)) {
      publisher.awaitConnected(SOON);
      awaitMedia(1);
      assertThat(endpoint.peer().received().video().get(0).codec()).isEqualTo(expected);
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_three_encodings() throws IOException {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(browser, endpoint.uri(), endpoint.uri(), "VP8", 3)) {
      publisher.awaitConnected(SOON);
      endpoint.keepOffer("chromium-simulcast");
      awaitMedia(3);
      assertThat(endpoint.peer().received().ofRid("h").orElseThrow().sizes())
          .containsExactly("1280x720");
    }
  }
}
