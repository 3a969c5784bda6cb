package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.clients.WebRtcPlayer;
import io.github.jvbwhip.integration.clients.WebRtcPublisher;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Players choose among the layers of simulcast, on every bridge (WHEP events document). */
abstract class LayersContract {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Far more than one keyframe interval and 200 ms, for machines that are busy. */
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(3);

  private static final Pattern LAYER_LINK =
      Pattern.compile("<([^>]+)>; rel=\"urn:ietf:params:whep:ext:core:layer\"");

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtcShowsEachLayerThatIsChosen() {
    UnaryOperator<String> asItIs = UnaryOperator.identity();
    try (WebRtcPublisher publisher =
            WebRtcPublisher.publish(server().whip("layers", "main"), 1280, 720, 3, asItIs, asItIs);
        WebRtcPlayer player = WebRtcPlayer.play(server().whep("layers", "main"))) {
      publisher.awaitConnected(SOON);
      Map<String, Integer> widths = new LinkedHashMap<>();
      widths.put("0", 320);
      widths.put("2", 1280);
      widths.put("1", 640);
      widths.forEach(
          (rid, width) -> {
            choose(player.reply(), "{\"rid\":\"" + rid + "\"}");
            player.awaitVideo(rid + " at " + width, SOON, seen -> seen.width() == width);
            int frames = player.seen().frames();
            player.awaitVideo("more of it", SOON, seen -> seen.frames() > frames + 10);
            assertThat(player.seen().width()).isEqualTo(width);
          });
      choose(player.reply(), "{}");
      int frames = player.seen().frames();
      player.awaitVideo("more of any", SOON, seen -> seen.frames() > frames + 10);
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void thePagesShowEachLayerThatIsChosen() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher =
            ProductPage.publish(browser, server().uri(), "layers-pages", "VP8", 3);
        ProductPage watcher = ProductPage.watch(browser, server().uri(), "layers-pages")) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      Page page = watcher.page();
      for (String rid : new String[] {"l", "h", "m"}) {
        // The menu follows the layers event; the width in it is what the publisher sends by now.
        Object width =
            page.waitForFunction(
                    """
                    rid => {
                      const menu = document.querySelector('#layer');
                      const option = [...menu.options].find(({value, text}) =>
                          value.includes(`"rid":"${rid}"`) && /^\\d+×\\d+, .*\\d/.test(text));
                      if (!option) return false;
                      menu.value = option.value;
                      menu.dispatchEvent(new Event('change'));
                      return parseInt(option.text, 10);
                    }
                    """,
                    rid)
                .jsonValue();
        page.waitForFunction(
            "width => document.querySelector('video').videoWidth === width", width);
        watcher.awaitMovingPicture(SOON);
      }
    }
  }

  /** The switch shows with the keyframe that is asked for at once. */
  @Test
  void aSwitchTakesAKeyframeOfAPublisherThatAnswersPli(TestReporter reporter) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      OfferSpec offer = OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h");
      assertThat(publisher.connect(server().whip("switch", "main"), offer).status()).isEqualTo(201);
      publisher.awaitConnected(SOON);
      publisher.video(new VideoSettings(1280, 720, 25, 900_000, 0)).start();
      Reply reply = player.connect(server().whep("switch", "main"), OfferSpec.player(Codec.VP8));
      player.await("the full size", SOON, () -> size(player).equals("1280x720"));
      player.await("more of it", SOON, () -> player.received().frames() >= 20);

      Map<String, String> sizes = new LinkedHashMap<>();
      sizes.put("l", "320x180");
      sizes.put("h", "1280x720");
      sizes.put("m", "640x360");
      sizes.forEach(
          (rid, size) -> {
            long begin = System.nanoTime();
            choose(reply, "{\"rid\":\"" + rid + "\"}");
            player.await(rid, SWITCH_LIMIT, () -> size(player).equals(size));
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            reporter.publishEntry("ms from the request to " + size, "" + taken.toMillis());
            // Keyframes are asked for twice a second at most.
            int seen = player.received().frames();
            player.await("more of it", SOON, () -> player.received().frames() >= seen + 20);
            assertThat(size(player)).isEqualTo(size);
          });
      assertThat(player.received().video()).hasSize(1);
      assertThat(player.received().video().get(0).isContinuous()).isTrue();
    }
  }

  private static String size(TestPeer player) {
    return player.received().video().stream()
        .map(stream -> stream.lastSize())
        .findFirst()
        .orElse("");
  }

  private static void choose(Reply session, String layer) {
    URI uri =
        session.headers("Link").stream()
            .map(LAYER_LINK::matcher)
            .filter(Matcher::find)
            .map(link -> session.uri().resolve(link.group(1)))
            .findFirst()
            .orElseThrow();
    // Publishers begin with the smallest encoding; until the others come they cannot be chosen.
    new Signal()
        .await(
            layer,
            SOON,
            () ->
                HttpSignalling.send("POST", uri, "application/json", layer, Map.of()).status()
                    == 200,
            () -> HttpSignalling.send("POST", uri, "application/json", layer, Map.of()).body());
  }
}
