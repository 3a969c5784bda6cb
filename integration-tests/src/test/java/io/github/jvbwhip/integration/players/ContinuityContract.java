package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A player in Chromium keeps its session and its picture, whatever the publisher does. */
abstract class ContinuityContract {
  /** Publishers here replace each other, as if they were one. */
  static final Map<String, ?> SETTINGS = Map.of("videobridge.whip.replace", "anyone");

  private static final Duration SOON = Duration.ofSeconds(60);

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @Test
  @Requires(Tool.CHROMIUM)
  void a_publisher_that_replaces_another_is_seen() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient first = publish(browser, "replaced", "VP8");
        ChromiumClient player = play(browser, "replaced")) {
      awaitPicture(player);
      try (ChromiumClient second = publish(browser, "replaced", "VP8")) {
        second.awaitConnected(SOON);
        awaitPicture(player);
        assertThat(player.state()).isEqualTo("connected");
      }
      assertThat(first.stat("outbound-rtp", "video", "framesEncoded")).isPositive();
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void a_publisher_that_comes_back_with_another_codec_is_seen() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient player = play(browser, "codecs")) {
      for (String codec : new String[] {"VP8", "H264", "VP9"}) {
        try (ChromiumClient publisher = publish(browser, "codecs", codec)) {
          publisher.awaitConnected(SOON);
          awaitPicture(player);
          assertThat(player.videoCodec()).isEqualTo("video/" + codec);
        }
      }
      assertThat(player.state()).isEqualTo("connected");
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void a_picture_that_changes_its_size_is_seen() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher = publish(browser, "sizes", "VP8");
        ChromiumClient player = play(browser, "sizes")) {
      for (int factor : new int[] {1, 4, 2}) {
        publisher.scaleDown(factor);
        player.awaitWidth(640 / factor, SOON);
        awaitPicture(player);
      }
      assertThat(player.state()).isEqualTo("connected");
    }
  }

  private ChromiumClient publish(ChromiumBrowser browser, String room, String codec) {
    return ChromiumClient.publish(browser, server().uri(), server().whip(room, "main"), codec, 1);
  }

  private ChromiumClient play(ChromiumBrowser browser, String room) {
    return ChromiumClient.play(browser, server().uri(), server().whep(room, "main"));
  }

  /** Twenty more frames, and a picture that moves. */
  private static void awaitPicture(ChromiumClient player) {
    int frames = (int) player.stat("inbound-rtp", "video", "framesDecoded");
    player.awaitFrames(frames + 20, SOON);
    player.awaitMovingPicture(SOON);
  }
}
