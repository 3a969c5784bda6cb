package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.Signal;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LayersContract} on the embedded bridge. */
class EmbeddedLayersTest extends LayersContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  /** Chromium decodes on without the frames of the upper layer, and misses none. */
  @ParameterizedTest
  @ValueSource(strings = {"VP8", "VP9", "AV1"})
  @Requires(Tool.CHROMIUM)
  void chromium_shows_the_lower_temporal_layer(String codec) {
    URI pages = server().uri();
    String room = "temporal-" + codec;
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher =
            ChromiumClient.publish(browser, pages, server().whip(room, "main"), codec, "L1T2");
        ChromiumClient player = ChromiumClient.play(browser, pages, server().whep(room, "main"))) {
      publisher.awaitConnected(SOON);
      player.awaitFrames(1, SOON);
      player.awaitSelected("{\"temporalLayerId\":1}", SOON);
      player.awaitSelected("{\"temporalLayerId\":0}", SOON);
      player.awaitMovingPicture(SOON);
      long losses = player.stat("inbound-rtp", "video", "pliCount");
      assertThat(share(publisher, player)).isBetween(0.3, 0.7);
      assertThat(player.stat("inbound-rtp", "video", "pliCount")).isEqualTo(losses);

      player.awaitSelected("{}", SOON);
      new Signal()
          .await("all frames", SOON, () -> isAll(share(publisher, player)), () -> "fewer frames");
    }
  }

  private static boolean isAll(double share) {
    return share >= 0.8 && share <= 1.2;
  }

  /** The share of the published frames that are decoded. */
  private static double share(ChromiumClient publisher, ChromiumClient player) {
    int frames = 60;
    long encoded = publisher.stat("outbound-rtp", "video", "framesEncoded");
    long decoded = player.stat("inbound-rtp", "video", "framesDecoded");
    player.awaitFrames((int) decoded + frames, SOON);
    long newlyDecoded = player.stat("inbound-rtp", "video", "framesDecoded") - decoded;
    long newlyEncoded = publisher.stat("outbound-rtp", "video", "framesEncoded") - encoded;
    return (double) newlyDecoded / newlyEncoded;
  }
}
