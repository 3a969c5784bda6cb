package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.JitsiMeet;
import io.github.jvbwhip.dropin.RequiresJitsiMeet;
import io.github.jvbwhip.dropin.TwoBridges;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.xmpp.Person;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A browser that publishes at one bridge, and whom a real Jicofo has put on another. */
@RequiresJitsiMeet
@Requires(Tool.CHROMIUM)
class AnyBridgeBrowserJvbTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  @Test
  void a_browser_is_seen_on_the_bridge_that_it_has_not_asked() throws Exception {
    String room = "room-" + UUID.randomUUID();
    String query = "room=" + room + "#token=" + JitsiMeet.TOKEN;
    try (TwoBridges meet = TwoBridges.startOnAnyOrSkip();
        ChromiumBrowser browser = ChromiumBrowser.launch()) {
      List<Person> people = meet.people(room, TwoBridges.WEST);
      URI publish =
          meet.bridge(TwoBridges.EAST)
              .url("/publish?autostart=1&source=pattern&stream=web&codec=VP8&simulcast=1&" + query);
      URI watch = meet.bridge(TwoBridges.WEST).url("/watch?" + query);
      try (Person first = people.get(0);
          Person second = people.get(1);
          ProductPage publisher = ProductPage.open(browser, publish)) {
        publisher.awaitState("live", SOON);
        assertThat(meet.bridge(TwoBridges.EAST).logLines("is on another bridge, region west"))
            .isNotEmpty();
        try (ProductPage player = ProductPage.open(browser, watch)) {
          player.awaitMovingPicture(SOON);
        }
        assertThat(first.others()).hasSize(2);
        assertThat(second.isIn()).isTrue();
      }
    }
  }
}
