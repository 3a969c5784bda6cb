package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /watch} plays what has spatial layers in its full size, on every bridge. */
@Requires(Tool.CHROMIUM)
@Timeout(120)
abstract class SpatialLayersContract {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int FULL_WIDTH = 640;

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  /** A default player, which asks for no dependency descriptor, sees the lowest layer of AV1. */
  @ParameterizedTest
  @CsvSource({"AV1, L2T1", "AV1, L3T3", "AV1, L3T3_KEY", "VP9, L3T3_KEY"})
  void all_layers_are_played(String codec, String mode) {
    String room = codec + "-" + mode;
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(
                browser, server().uri(), server().whip(room, "main"), codec, mode)) {
      publisher.awaitConnected(SOON);
      try (ProductPage watcher = ProductPage.watch(browser, server().uri(), room)) {
        watcher.awaitMovingPicture(SOON);
        new Signal()
            .await(
                "a picture of the full size",
                SOON,
                () -> width(watcher) == FULL_WIDTH,
                () -> width(watcher) + " pixels; " + watcher);
        watcher.awaitMovingPicture(SOON);
        watcher.awaitState("playing", SOON);
      }
    }
  }

  private static int width(ProductPage watcher) {
    String script = "() => document.querySelector('whep-player').video.videoWidth";
    return ((Number) watcher.page().evaluate(script)).intValue();
  }
}
