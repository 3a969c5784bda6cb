package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.FfmpegPublisher;
import io.github.jvbwhip.integration.clients.FirefoxBrowser;
import io.github.jvbwhip.integration.clients.FirefoxPage;
import io.github.jvbwhip.integration.clients.GStreamerPlayer;
import io.github.jvbwhip.integration.clients.GStreamerPublisher;
import io.github.jvbwhip.integration.clients.ObsStandIn;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.clients.WebRtcPlayer;
import io.github.jvbwhip.integration.clients.WebRtcPublisher;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote publish and watch through the product, on every bridge. */
abstract class ForeignClientsContract {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  private String room = "";

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room =
        info.getTestMethod().orElseThrow().getName()
            + "-"
            + Math.abs(info.getDisplayName().hashCode());
  }

  private ChromiumClient chromiumPlayer(ChromiumBrowser browser) {
    return ChromiumClient.play(browser, server().uri(), server().whep(room, "main"));
  }

  private static void awaitSoundAndPicture(ChromiumClient player) {
    player.awaitConnected(SOON);
    player.awaitFrames(20, SOON);
    player.awaitSound(20, SOON);
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void the_pages_show_a_moving_picture_within_two_seconds() {
    List<Duration> taken = new ArrayList<>();
    try (ChromiumBrowser publishing = ChromiumBrowser.launch();
        ChromiumBrowser watching = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(publishing, server().uri(), room, "VP8", 1)) {
      publisher.awaitState("live", SOON);
      // The machine may be busy with other things: the best of three counts.
      while (taken.size() < 3 && taken.stream().noneMatch(t -> t.compareTo(TWO_SECONDS) < 0)) {
        try (ProductPage watcher = ProductPage.watch(watching, server().uri(), room)) {
          taken.add(watcher.awaitMovingPicture(SOON));
          watcher.awaitState("playing", SOON);
          watcher.screenshot("watch-" + getClass().getSimpleName());
        }
      }
    }
    assertThat(taken).anySatisfy(t -> assertThat(t).isLessThan(TWO_SECONDS));
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void the_watch_page_waits_for_a_publisher_that_comes_back() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch()) {
      ProductPage first = ProductPage.publish(browser, server().uri(), room, "VP8", 1);
      try (first;
          ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
        first.page().click(".live");
        watcher.awaitState("waiting", SOON);
        try (ProductPage second = ProductPage.publish(browser, server().uri(), room, "VP8", 1)) {
          second.awaitState("live", SOON);
          watcher.awaitState("playing", SOON);
          watcher.awaitMovingPicture(SOON);
        }
      }
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void the_watch_page_shows_layers_and_viewers_and_switches() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(browser, server().uri(), room, "VP8", 3);
        ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      watcher.awaitText(".viewers", "1 watching", SOON);
      watcher.awaitLayer("l", SOON, publisher);
      watcher.awaitLayer("m", SOON, publisher);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "VP9", "H264", "AV1"})
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_and_watches_every_codec(String codec) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(
                browser, server().uri(), server().whip(room, "main"), codec, 1)) {
      publisher.awaitConnected(SOON);
      try (ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PCMU", "PCMA"})
  @Requires(Tool.CHROMIUM)
  void the_watch_page_plays_g711(String codec) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publishTone(
                browser, server().uri(), server().whip(room, "main"), codec, 1, 0)) {
      publisher.awaitConnected(SOON);
      try (ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitToneIn(0, 1, SOON);
      }
    }
  }

  /** The player's offer is of 16 m-sections with media, 82 kB. */
  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_and_watches_beside_what_is_refused_or_not_used() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publishWithData(browser, server().uri(), server().whip(room, "main"))) {
      publisher.awaitConnected(SOON);
      try (ChromiumClient player =
          ChromiumClient.playWithMore(browser, server().uri(), server().whep(room, "main"), 14)) {
        awaitSoundAndPicture(player);
      }
    }
  }

  /** Camera and screen, microphone and system sound: the publisher is one stream. */
  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_two_tracks_of_each_kind_and_watches_them_in_order() {
    URI whep = server().whep(room, "main");
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publishTwoOfEach(browser, server().uri(), server().whip(room, "main"))) {
      publisher.awaitConnected(SOON);
      try (ChromiumClient all = ChromiumClient.playSections(browser, server().uri(), whep, 2, 2);
          ChromiumClient first = ChromiumClient.playSections(browser, server().uri(), whep, 1, 1)) {
        all.awaitSections("audio, audio, video 640, video 320", SOON);
        first.awaitSections("audio, video 640", SOON);
      }
    }
  }

  /** Players offer no dependency descriptor by themselves. */
  @ParameterizedTest
  @CsvSource({"AV1, L1T2", "AV1, L2T1", "AV1, L3T3_KEY", "VP9, L3T3_KEY"})
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_layers_and_watches_what_it_can_decode(String codec, String mode) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(
                browser, server().uri(), server().whip(room, "main"), codec, mode)) {
      publisher.awaitConnected(SOON);
      try (ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
        player.awaitMovingPicture(SOON);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "vp9,*"})
  @Requires(Tool.CHROMIUM)
  void chromium_sends_what_the_query_asks_for(String codecs) {
    URI endpoint = URI.create(server().whip(room, "main") + "?codecs=" + codecs);
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(browser, server().uri(), endpoint, "", 1)) {
      publisher.awaitConnected(SOON);
      try (ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
        assertThat(player.videoCodec()).isEqualToIgnoringCase("video/" + codecs.replace(",*", ""));
      }
    }
  }

  /**
   * Chromium has two loudspeakers here: of surround, those at the sides come out left and right.
   */
  @ParameterizedTest
  @CsvSource({"2,0,0", "2,1,1", "6,4,0", "6,5,1"})
  @Requires(Tool.CHROMIUM)
  void the_watch_page_plays_each_channel_where_it_belongs(int channels, int sent, int heard) {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publishTone(
                browser, server().uri(), server().whip(room, "main"), "opus", channels, sent)) {
      publisher.awaitConnected(SOON);
      try (ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitState("playing", SOON);
        watcher.awaitToneIn(heard, 2, SOON);
      }
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_publishes_simulcast() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(browser, server().uri(), room, "VP8", 3);
        ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "VP9", "AV1"})
  @Requires({Tool.FIREFOX, Tool.CHROMIUM})
  void firefox_is_watched_in_chromium(String codec) {
    try (FirefoxBrowser firefox = FirefoxBrowser.launch();
        FirefoxPage publisher = FirefoxPage.publish(firefox, server().uri(), room, codec);
        ChromiumBrowser chromium = ChromiumBrowser.launch()) {
      publisher.awaitState("live", SOON);
      try (ProductPage watcher = ProductPage.watch(chromium, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
      }
    }
  }

  @Test
  @Requires({Tool.FIREFOX, Tool.CHROMIUM})
  void chromium_is_watched_in_firefox() {
    try (ChromiumBrowser chromium = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(chromium, server().uri(), room, "VP8", 3);
        FirefoxBrowser firefox = FirefoxBrowser.launch()) {
      publisher.awaitState("live", SOON);
      try (FirefoxPage watcher = FirefoxPage.watch(firefox, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
        watcher.awaitState("playing", SOON);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"VP9, L1T1", "VP9, L3T3_KEY", "AV1, L1T1", "AV1, L2T1", "AV1, L3T3_KEY"})
  @Requires({Tool.FIREFOX, Tool.CHROMIUM})
  void layers_are_watched_in_firefox(String codec, String mode) {
    try (ChromiumBrowser chromium = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(
                chromium, server().uri(), server().whip(room, "main"), codec, mode);
        FirefoxBrowser firefox = FirefoxBrowser.launch()) {
      publisher.awaitConnected(SOON);
      try (FirefoxPage watcher = FirefoxPage.watch(firefox, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
      }
    }
  }

  @Test
  @Requires({Tool.OBS_STAND_IN, Tool.CHROMIUM})
  void obs_is_watched_in_chromium() {
    ObsStandIn obs = ObsStandIn.publish(server().whip(room, "main"), "1280x720");
    try (obs;
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      obs.awaitConnected(SOON);
      try (ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
        watcher.awaitState("playing", SOON);
      }
    }
    assertThat(obs.deleteStatus()).isEqualTo(200);
  }

  @Test
  @Requires({Tool.OBS_STAND_IN, Tool.CHROMIUM})
  void obs_with_three_layers_is_watched_in_chromium() {
    ObsStandIn obs =
        ObsStandIn.publish(server().whip(room, "main"), "1280x720", "852x480", "426x240");
    try (obs;
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      obs.awaitConnected(SOON);
      try (ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
      }
    }
    assertThat(obs.deleteStatus()).isEqualTo(200);
  }

  @Test
  @Requires({Tool.FFMPEG, Tool.CHROMIUM})
  void ffmpeg_is_watched_in_chromium() {
    FfmpegPublisher publisher = FfmpegPublisher.publish(server().whip(room, "main"));
    try (publisher;
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      publisher.awaitFrames(10, SOON);
      try (ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
      }
    }
    assertThat(publisher.isDeleted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vp8", "h264"})
  @Requires({Tool.GSTREAMER, Tool.CHROMIUM})
  void gstreamer_is_watched_in_chromium(String codec) {
    GStreamerPublisher publisher = GStreamerPublisher.publish(server().whip(room, "main"), codec);
    try (publisher;
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      publisher.awaitFrames(10, SOON);
      try (ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
      }
    }
    assertThat(publisher.deleteStatus()).isEqualTo(200);
  }

  @Test
  @Requires(Tool.GSTREAMER)
  void two_of_gstreamer_publish_in_one_room() {
    try (GStreamerPublisher first =
            GStreamerPublisher.publish(server().whip(room, "first"), "vp8");
        GStreamerPublisher second =
            GStreamerPublisher.publish(server().whip(room, "second"), "vp8");
        GStreamerPlayer ofFirst = GStreamerPlayer.play(server().whep(room, "first"), "vp8");
        GStreamerPlayer ofSecond = GStreamerPlayer.play(server().whep(room, "second"), "vp8")) {
      for (GStreamerPlayer player : List.of(ofFirst, ofSecond)) {
        player.awaitVideo(SOON, seen -> seen.frames() >= 50 && seen.changes() >= 40);
        player.awaitSound(50, SOON);
      }
      first.awaitFrames(200, SOON);
      second.awaitFrames(200, SOON);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vp8", "h264"})
  @Requires(Tool.GSTREAMER)
  void gstreamer_watches_gstreamer(String codec) {
    try (GStreamerPublisher publisher =
            GStreamerPublisher.publish(server().whip(room, "main"), codec);
        GStreamerPlayer player = GStreamerPlayer.play(server().whep(room, "main"), codec)) {
      publisher.awaitFrames(10, SOON);
      player.awaitVideo(SOON, seen -> seen.frames() >= 25 && seen.changes() >= 20);
      player.awaitSound(20, SOON);
      assertThat(player.seen().width()).isEqualTo(640);
      assertThat(player.seen().height()).isEqualTo(360);
    }
  }

  @Test
  @Requires({Tool.GSTREAMER, Tool.CHROMIUM})
  void who_joins_late_sees_a_publisher_that_told_its_parameter_sets_once() {
    try (GStreamerPublisher publisher =
        GStreamerPublisher.publish(server().whip(room, "main"), "h264-told")) {
      publisher.awaitFrames(100, SOON);
      try (GStreamerPlayer player = GStreamerPlayer.play(server().whep(room, "main"), "h264")) {
        player.awaitVideo(SOON, seen -> seen.frames() >= 25 && seen.changes() >= 20);
        assertThat(player.seen().width()).isEqualTo(640);
      }
      try (ChromiumBrowser browser = ChromiumBrowser.launch();
          ChromiumClient player = chromiumPlayer(browser)) {
        awaitSoundAndPicture(player);
      }
    }
  }

  @Test
  @Requires({Tool.WEBRTC_JAVA, Tool.CHROMIUM})
  void chromium_is_watched_by_libwebrtc() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher = ProductPage.publish(browser, server().uri(), room, "VP8", 1)) {
      publisher.awaitState("live", SOON);
      try (WebRtcPlayer player = WebRtcPlayer.play(server().whep(room, "main"))) {
        player.awaitVideo("frames", SOON, seen -> seen.frames() >= 20 && seen.changes() >= 15);
        player.awaitVideo("sound", SOON, seen -> player.inbound("audio", "packetsReceived") > 0);
      }
    }
  }

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_publishes_and_watches() {
    // It publishes silence, which a Jitsi Videobridge forwards as long as nothing tells that it is.
    UnaryOperator<String> withoutLevels =
        offer ->
            offer.replaceAll("a=extmap:\\d+ urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n", "");
    try (WebRtcPublisher publisher =
            WebRtcPublisher.publish(
                server().whip(room, "main"), 640, 360, 1, withoutLevels, UnaryOperator.identity());
        WebRtcPlayer player = WebRtcPlayer.play(server().whep(room, "main"))) {
      publisher.awaitConnected(SOON);
      player.awaitVideo("frames", SOON, seen -> seen.frames() >= 25 && seen.changes() >= 20);
      assertThat(player.seen().width()).isEqualTo(640);
      player.awaitVideo("sound", SOON, seen -> player.inbound("audio", "packetsReceived") > 0);
    }
  }

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_publishes_three_encodings() {
    try (WebRtcPublisher publisher =
            WebRtcPublisher.publish(
                server().whip(room, "main"),
                1280,
                720,
                3,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        WebRtcPlayer player = WebRtcPlayer.play(server().whep(room, "main"))) {
      publisher.awaitConnected(SOON);
      player.awaitVideo("frames", SOON, seen -> seen.frames() >= 25 && seen.changes() >= 20);
      player.awaitVideo("the full size", SOON, seen -> seen.width() == 1280);
    }
  }

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void loss_in_both_directions_is_repaired_for_libwebrtc() {
    try (Network network = Network.open(1);
        Relay publishing = network.relay();
        Relay watching = network.relay();
        WebRtcPublisher publisher =
            WebRtcPublisher.publish(
                server().whip(room, "main"), 640, 360, 1, publishing::offer, publishing::answer);
        WebRtcPlayer player =
            WebRtcPlayer.play(server().whep(room, "main"), watching::offer, watching::answer)) {
      publishing.toServer().set(losing(RtpSelection.fraction(0.05, 1)));
      watching.toClient().set(losing(RtpSelection.fraction(0.05, 2)));
      publisher.awaitConnected(SOON);
      player.awaitVideo("frames", SOON, seen -> seen.frames() >= 150 && seen.changes() >= 120);

      assertThat(publishing.toServer().lost()).isPositive();
      assertThat(watching.toClient().lost()).isPositive();
      assertThat(retransmitted(publisher)).isPositive();
      assertThat(player.inbound("video", "retransmittedPacketsReceived")).isPositive();
      assertThat(player.inbound("video", "framesDropped")).isLessThan(30);
    }
  }

  private static Conditions losing(RtpSelection lost) {
    return Conditions.perfect().withFilter(DatagramFilter.losing(lost));
  }

  private static long retransmitted(WebRtcPublisher publisher) {
    return publisher.outbound().stream()
        .filter(stats -> "video".equals(stats.get("kind")))
        .mapToLong(stats -> ((Number) stats.get("retransmittedPacketsSent")).longValue())
        .sum();
  }
}
