package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of a server on the embedded bridge, in Chromium; each test has a room of its own. */
@Requires(Tool.CHROMIUM)
@Timeout(120)
abstract class PageTest {
  static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);
  @RegisterExtension static final Browsing BROWSING = new Browsing();

  final String room = "room-" + UUID.randomUUID();

  final RoomsApi rooms() {
    return new RoomsApi(server());
  }

  static URI server() {
    return SERVER.get().uri();
  }

  /** {@code /publish} for this room, with {@code query} behind that. */
  final Tab publish(String query, String... scripts) {
    URI page = server().resolve("publish?stream=main&room=" + room + query);
    return BROWSING.open(page, scripts);
  }

  /** {@code /publish} for this room, live with the test pattern. */
  final Tab live(String query) {
    Tab tab = publish("&source=pattern&autostart=1&codec=VP8&simulcast=1" + query);
    tab.awaitState("live", SOON);
    return tab;
  }

  /** {@code /watch} for the room's stream {@code main}, which starts at once. */
  final Tab watch(String... scripts) {
    return BROWSING.open(server().resolve("watch?stream=main&room=" + room), scripts);
  }
}
