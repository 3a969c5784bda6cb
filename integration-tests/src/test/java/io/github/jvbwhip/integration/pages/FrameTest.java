package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.jvbwhip.integration.RestartableServer;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages of the product in frames of another origin: one plays there, and no other gets in. */
@Requires(Tool.CHROMIUM)
@Timeout(180)
class FrameTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String FLAGS = "?muted&autoplay&controls";
  private static final String FRAME =
      "<!doctype html><html lang=en><title>My broadcast</title>"
          + "<iframe src=\"%s\" allow=\"autoplay\" width=640 height=420></iframe>";

  private RestartableServer server;
  private ChromiumBrowser browser;

  @BeforeEach
  void start() {
    server = RestartableServer.embedded();
    browser = ChromiumBrowser.launch();
  }

  @AfterEach
  void stop() {
    browser.close();
    server.close();
  }

  private static Map<String, ?> framedBy(URI... sites) {
    List<String> origins =
        List.of(sites).stream().map(site -> site.toString().replaceAll("/$", "")).toList();
    return Map.of("videobridge.whep.embed.frame-ancestors", origins);
  }

  private TestSite siteWith(String path) {
    return new TestSite(FRAME.formatted(server.uri().resolve(path)));
  }

  private Page open(TestSite site) {
    return browser.open(site.uri(), ElementTab.hearing());
  }

  /** Waits for something, during which Playwright tells of frames and consoles. */
  private void await(String what, Page page, BooleanSupplier condition) {
    new Signal()
        .await(
            what,
            SOON,
            () -> page.evaluate("1") != null && condition.getAsBoolean(),
            () -> "console: " + browser.console());
  }

  /** What plays in the frame of a page that has one. */
  private ElementTab playerOn(TestSite site) {
    Page page = open(site);
    await("an element in the frame", page, () -> page.frames().get(1).url().contains("/embed/"));
    return ElementTab.of(page.frames().get(1));
  }

  private void assertThatItIsBlocked(String path) {
    long before = refusals();
    try (TestSite site = siteWith(path)) {
      Page page = open(site);
      await(path + " is blocked", page, () -> refusals() > before);
      assertThat(page.frames().get(1).url()).as(path).doesNotStartWith("http");
    }
  }

  private long refusals() {
    return browser.console().stream()
        .filter(line -> line.contains("frame-ancestors") && line.contains("blocked"))
        .count();
  }

  @Test
  void a_stream_and_the_stage_of_a_room_play_in_frames_of_others() {
    server.start(Map.of());
    URI publish = server.uri().resolve("publish?autostart=1&source=pattern&room=room&stream=one");
    try (ElementTab publisher = ElementTab.open(browser, publish);
        TestSite stream = siteWith("embed/room/one" + FLAGS);
        TestSite stage = siteWith("embed/room" + FLAGS)) {
      publisher.awaitState("live", SOON);
      for (TestSite site : List.of(stream, stage)) {
        ElementTab player = playerOn(site);
        player.awaitMovingPicture(SOON);
        player.awaitState("playing", SOON);
        assertThat(player.is(ElementTab.ELEMENT + ".video.muted")).isTrue();
        assertThat(player.is(ElementTab.ELEMENT + ".video.controls")).isTrue();
      }
    }
  }

  @Test
  void a_frame_without_autoplay_waits_for_play() {
    server.start(Map.of());
    try (TestSite site = siteWith("embed/room")) {
      ElementTab player = playerOn(site);
      player.awaitState("idle", SOON);
      assertThat(player.is(ElementTab.ELEMENT + ".video.controls")).isFalse();
      player.click(".play");
      player.awaitWords("Nobody is on the air here yet.", SOON);
    }
  }

  @Test
  void sites_that_are_named_may_have_the_frame_and_no_others() {
    try (TestSite named = siteWith("embed/room" + FLAGS)) {
      server.start(framedBy(URI.create("https://example.org"), named.uri()));
      ElementTab player = playerOn(named);
      player.awaitState("waiting", SOON);
      assertThatItIsBlocked("embed/room" + FLAGS);
      assertThatItIsBlocked("embed/room/one" + FLAGS);
    }
  }

  @Test
  void the_other_pages_get_into_no_frame() {
    server.start(Map.of());
    for (String page : List.of("watch?room=room", "publish", "")) {
      assertThatItIsBlocked(page);
    }
  }
}
