package io.github.jvbwhip.integration;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the pages say to people who lack a token. */
@Requires(Tool.CHROMIUM)
@Timeout(120)
class PageTokensTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private EmbeddedServer server;
  private ChromiumBrowser browser;

  @BeforeEach
  void start() {
    server =
        EmbeddedServer.start(
            Map.of(
                "videobridge.whip.auth.tokens", List.of("secret"),
                "videobridge.whep.auth.tokens", List.of("secret")));
    browser = ChromiumBrowser.launch();
  }

  @AfterEach
  void stop() {
    browser.close();
    server.close();
  }

  private ProductPage open(String page) {
    return ProductPage.open(browser, server.uri().resolve(page));
  }

  @Test
  void who_publishes_or_watches_without_a_token_is_told_and_goes_on_with_it() {
    String publish = "publish?autostart=1&source=pattern&stream=main&room=room";
    try (ProductPage publisher = open(publish);
        ProductPage watcher = open("watch?room=room")) {
      for (ProductPage each : List.of(publisher, watcher)) {
        each.awaitState("failed", SOON);
        each.awaitText(".message", "A token is needed here.", SOON);
        each.page().locator("#token").fill("wrong");
        each.page().locator(".play, .live").click();
        each.awaitText(".message", "This token is not valid here.", SOON);
        each.page().locator("#token").fill("secret");
        each.page().locator(".play, .live").click();
      }
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
    }
  }

  /** As on a server whose meetings are watched with tokens. */
  @Test
  void who_may_not_see_the_list_of_rooms_is_told_how_to_watch_one() {
    try (ProductPage rooms = open("watch?noautostart=1")) {
      Page page = rooms.page();
      page.route(
          "**/api/rooms**", route -> route.fulfill(new Route.FulfillOptions().setStatus(401)));
      page.locator("nav a").first().click();
      rooms.awaitState("failed", SOON);
      rooms.awaitText(
          "#message",
          "This server does not show its rooms to everybody."
              + " To watch one, open Watch, and enter its name and your token.",
          SOON);
    }
  }
}
