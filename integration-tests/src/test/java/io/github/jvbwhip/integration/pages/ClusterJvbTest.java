package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.BridgeCluster;
import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ObsStandIn;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A browser on one bridge of a cluster sees, over a second one, what OBS publishes on a third. */
@RequiresJvb
class ClusterJvbTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String ROOM = "cluster";

  @Test
  @Requires({Tool.CHROMIUM, Tool.OBS_STAND_IN})
  void a_browser_chooses_layers_is_counted_and_survives_the_death_of_the_bridge_between()
      throws Exception {
    try (BridgeCluster cluster = BridgeCluster.startOrSkip(3, "max-links = 1");
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      int a = cluster.home(ROOM);
      List<Integer> others = cluster.others(a);
      RoomsApi home = new RoomsApi(cluster.url(a, "/"));
      try (ObsStandIn obs =
              ObsStandIn.publish(
                  cluster.url(a, "/whip/" + ROOM + "/main"), "1280x720", "640x360", "320x180");
          ProductPage between = ProductPage.watch(browser, cluster.url(others.get(0), "/"), ROOM)) {
        between.awaitMovingPicture(SOON);
        try (ProductPage player =
            ProductPage.watch(browser, cluster.url(others.get(1), "/"), ROOM)) {
          player.awaitMovingPicture(SOON);
          home.awaitViewers(ROOM, 2, SOON);
          player.awaitLayer("2", SOON, between);
          player.awaitLayer("0", SOON, between);

          cluster.kill(others.get(0));
          home.awaitViewers(ROOM, 1, SOON);
          player.awaitFrames(100, SOON);
          assertThat(player.state()).isEqualTo("playing");
        }
      }
    }
  }
}
