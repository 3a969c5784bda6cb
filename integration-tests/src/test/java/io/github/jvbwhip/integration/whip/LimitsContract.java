package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.FfmpegPublisher;
import io.github.jvbwhip.integration.clients.FirefoxBrowser;
import io.github.jvbwhip.integration.clients.FirefoxPage;
import io.github.jvbwhip.integration.clients.GStreamerPublisher;
import io.github.jvbwhip.integration.clients.ObsStandIn;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.clients.WebRtcPublisher;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers are told what they may send at most; who goes on to send more is ended. */
abstract class LimitsContract extends WhipContract {
  static final int BITRATE = 600_000;

  static final Map<String, ?> SETTINGS =
      Map.of("videobridge.whip.max-bitrate", BITRATE, "videobridge.whip.max-resolution", "480x640");

  private TestPeer publishMedia(VideoSettings video) {
    TestPeer peer = publish(PeerOptions.defaults(), PUBLISHER);
    peer.audio().start();
    peer.video(video).start();
    return peer;
  }

  private String endOf(TestPeer peer) {
    URI session = peer.session().orElseThrow();
    await("the session is gone", () -> get(session).status() == 404);
    peer.awaitClosedByRemote(SOON);
    return assertProblem(get(session), ProblemType.SESSION_ENDED);
  }

  @Test
  void a_publisher_is_told_what_it_may_send_again_and_again() {
    TestPeer peer = publishMedia(VideoSettings.defaults().withBitrate(BITRATE / 3));
    peer.await("five estimates", SOON, () -> peer.rtcp().count(RtcpPacket.Remb.class) >= 5);
    assertThat(peer.rtcp().all(RtcpPacket.Remb.class))
        .allMatch(remb -> remb.bitrate() <= BITRATE && remb.bitrate() >= BITRATE * 9 / 10);
    assertThat(get(peer.session().orElseThrow()).status()).isLessThan(300);
  }

  @Test
  void one_that_sends_far_more_is_ended() {
    TestPeer peer = publishMedia(VideoSettings.defaults().withBitrate(BITRATE * 3));
    assertThat(endOf(peer)).startsWith("It sent more bits per second than it may.");
  }

  @Test
  void one_that_sends_larger_pictures_is_ended() {
    TestPeer peer = publishMedia(new VideoSettings(1280, 720, 20, BITRATE / 3, 20));
    assertThat(endOf(peer)).startsWith("It sent larger pictures than it may.");
  }

  /** What the answer tells, in either form, and what RTCP does: each is enough. */
  @ParameterizedTest
  @CsvSource({
    "a=rtcp-fb:[0-9]+ goog-remb, b=TIAS.*",
    "a=rtcp-fb:[0-9]+ goog-remb, b=AS.*",
    "a=extmap-allow-mixed, b=(AS|TIAS).*"
  })
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_stays_below_it(String notOffered, String notAnswered) {
    try (WebRtcPublisher publisher =
        WebRtcPublisher.publish(
            endpoint("main"),
            640,
            480,
            1,
            offer -> without(offer, notOffered),
            answer -> without(answer, notAnswered))) {
      publisher.awaitConnected(SOON);
      await("an encoder at work", () -> sent(publisher, "framesSent") >= 200);
      long began = System.nanoTime();
      long bytes = sent(publisher, "bytesSent");
      await("more frames", () -> sent(publisher, "framesSent") >= 350);
      long more = sent(publisher, "bytesSent") - bytes;
      Duration time = Duration.ofNanos(System.nanoTime() - began);
      assertThat(bitrate(more, time)).isBetween(1L, (long) BITRATE);
      assertThat(sent(publisher, "targetBitrate")).isBetween(1L, (long) BITRATE);
    }
  }

  private static String without(String description, String line) {
    String changed = description.replaceAll(line + "\r\n", "");
    assertThat(changed).isNotEqualTo(description);
    return changed;
  }

  private static long sent(WebRtcPublisher publisher, String name) {
    return publisher.outbound().stream()
        .filter(stats -> "video".equals(stats.get("kind")))
        .mapToLong(stats -> stats.get(name) instanceof Number number ? number.longValue() : 0)
        .sum();
  }

  private static long bitrate(long bytes, Duration time) {
    return bytes * 8 * 1000 / time.toMillis();
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_stays_below_it() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(browser, server().uri(), endpoint("main"), "VP8", 1)) {
      publisher.awaitConnected(SOON);
      await("an encoder at work", () -> sent(publisher, "framesSent") >= 150);
      long began = System.nanoTime();
      long bytes = sent(publisher, "bytesSent");
      await("more frames", () -> sent(publisher, "framesSent") >= 250);
      long more = sent(publisher, "bytesSent") - bytes;
      Duration time = Duration.ofNanos(System.nanoTime() - began);
      assertThat(bitrate(more, time)).isBetween(1L, (long) BITRATE);
      assertThat(sent(publisher, "targetBitrate")).isBetween(1L, (long) BITRATE);
      assertThat(publisher.state()).isEqualTo("connected");
    }
  }

  private static long sent(ChromiumClient publisher, String name) {
    return publisher.stat("outbound-rtp", "video", name);
  }

  @Test
  @Requires(Tool.FIREFOX)
  void firefox_takes_the_answer() {
    try (FirefoxBrowser firefox = FirefoxBrowser.launch()) {
      for (String codec : List.of("VP8", "VP9")) {
        try (FirefoxPage page = FirefoxPage.publish(firefox, server().uri(), room(), codec)) {
          page.awaitState("live", SOON);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vp8", "h264"})
  @Requires(Tool.GSTREAMER)
  void gstreamer_takes_the_answer(String codec) {
    try (GStreamerPublisher publisher = GStreamerPublisher.publish(endpoint("main"), codec)) {
      publisher.awaitFrames(50, SOON);
    }
  }

  @Test
  @Requires(Tool.FFMPEG)
  void ffmpeg_takes_the_answer() {
    try (FfmpegPublisher publisher = FfmpegPublisher.publish(endpoint("main"))) {
      publisher.awaitFrames(50, SOON);
    }
  }

  @Test
  @Requires(Tool.OBS_STAND_IN)
  void obs_takes_the_answer() {
    try (ObsStandIn obs = ObsStandIn.publish(endpoint("main"), "640x360")) {
      obs.awaitConnected(SOON);
    }
  }
}
