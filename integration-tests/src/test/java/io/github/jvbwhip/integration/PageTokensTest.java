package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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
        assertThat(each.page().locator("#token:focus").count()).isEqualTo(1);
        assertThat(each.page().locator(".play:visible, .live:visible").textContent())
            .isIn("Try again", "Go live");
        each.page().locator("#token").fill("secret");
        each.page().locator(".play, .live").click();
      }
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
    }
  }

  /** The link has no token, and leads to words for people. */
  @Test
  void who_follows_the_link_of_a_publisher_is_told_that_a_token_is_needed_and_watches_with_it() {
    String publish = "publish?autostart=1&source=pattern&stream=main&room=room#token=secret";
    try (ProductPage publisher = open(publish)) {
      publisher.awaitState("live", SOON);
      String link = publisher.page().locator("#watch-link").getAttribute("href");
      assertThat(link).doesNotContain("secret");
      try (ProductPage watcher = open(link)) {
        watcher.awaitState("failed", SOON);
        watcher.awaitText(".message", "A token is needed here.", SOON);
        assertThat(watcher.page().locator(".stop").isVisible()).isFalse();
        Locator token = watcher.page().locator("#token:focus");
        token.fill("secret");
        token.press("Enter");
        watcher.awaitMovingPicture(SOON);
        assertThat(watcher.page().url()).doesNotContain("secret");
      }
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
