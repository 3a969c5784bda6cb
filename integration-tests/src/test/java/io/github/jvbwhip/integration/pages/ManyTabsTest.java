package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.FirefoxBrowser;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many tabs of one browser on one server over HTTP/1.1, which has six connections for all of them:
 * event streams leave some for others, whatever the bridge.
 */
@Requires(Tool.CHROMIUM)
@Timeout(240)
class ManyTabsTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TABS = 8;
  private static final int MOST_STREAMS = 4;
  private static final String VIEWERS = ElementTab.ELEMENT + ".viewers";

  private ChromiumBrowser browser;
  private ElementTab publisher;

  private static ServerUnderTest server() {
    return SERVER.get();
  }

  @BeforeEach
  void publish() {
    browser = ChromiumBrowser.launch();
    String page = "publish?autostart=1&source=pattern&height=360&simulcast=2&room=room&stream=main";
    publisher = ElementTab.open(browser, server().uri().resolve(page));
    publisher.awaitState("live", SOON);
  }

  @AfterEach
  void stop() {
    publisher.close();
    browser.close();
  }

  private BrowserContext context() {
    BrowserContext context = browser.context(new Browser.NewContextOptions());
    context.addInitScript(ElementTab.hearing());
    return context;
  }

  private ElementTab watch(BrowserContext context) {
    URI uri = server().uri().resolve("watch?room=room&stream=main");
    return ElementTab.of(browser.openIn(context, uri));
  }

  private static int streams(List<ElementTab> tabs) {
    return tabs.stream().mapToInt(tab -> Integer.parseInt(tab.evaluate("wantedStreams()"))).sum();
  }

  /** Those that have heard how many watch. */
  private static List<ElementTab> informed(List<ElementTab> tabs) {
    return tabs.stream().filter(tab -> !tab.evaluate(VIEWERS).equals("null")).toList();
  }

  @Test
  void eight_tabs_play_and_leave_connections_for_other_requests() {
    List<ElementTab> tabs = new ArrayList<>();
    try (BrowserContext context = context()) {
      for (int i = 0; i < TABS; i++) {
        tabs.add(watch(context));
      }
      for (ElementTab tab : tabs) {
        tab.awaitMovingPicture(SOON);
        tab.awaitState("playing", SOON);
      }
      new Signal()
          .await(
              "streams for all places",
              SOON,
              () -> informed(tabs).size() == MOST_STREAMS && streams(tabs) == MOST_STREAMS,
              tabs::toString);
      informed(tabs).get(0).await(VIEWERS + " === " + TABS, SOON);
      for (ElementTab tab : tabs) {
        assertThat(
                tab.evaluate(
                    "fetch(location, {cache: 'no-store', signal: AbortSignal.timeout(15000)})"
                        + ".then(({status}) => status, error => error.message)"))
            .isEqualTo("200");
      }
    }
  }

  @Test
  void a_tab_that_closes_leaves_its_event_stream_to_another() {
    List<ElementTab> tabs = new ArrayList<>();
    try (BrowserContext context = context()) {
      for (int i = 0; i <= MOST_STREAMS; i++) {
        tabs.add(watch(context));
        tabs.get(i).awaitState("playing", SOON);
      }
      new Signal()
          .await(
              "streams for all places",
              SOON,
              () -> informed(tabs).size() == MOST_STREAMS,
              tabs::toString);
      ElementTab with = informed(tabs).get(0);
      List<ElementTab> others = new ArrayList<>(tabs);
      others.removeAll(informed(tabs));
      ElementTab without = others.get(0);
      with.evaluate(ElementTab.ELEMENT + ".stop()");
      without.await(VIEWERS + " === " + MOST_STREAMS, SOON);
      without.await(ElementTab.ELEMENT + ".layers.length === 2", SOON);
    }
  }

  /** In Firefox, whose tabs hide one another without a screen too; headless Chromium's do not. */
  @Test
  @Requires(Tool.FIREFOX)
  void a_hidden_tab_has_no_event_stream_and_gets_one_when_it_is_seen_again() {
    try (FirefoxBrowser firefox = FirefoxBrowser.launch();
        TestSite site = new TestSite(Site.player(server(), server().whep("room", "main"), ""));
        ElementTab first = ElementTab.open(firefox, site.uri())) {
      first.awaitState("playing", SOON);
      first.await("openStreams() === 1", SOON);
      first.await(VIEWERS + " === 1", SOON);
      try (ElementTab second = ElementTab.open(firefox, site.uri())) {
        first.await("document.hidden", SOON);
        first.await("wantedStreams() === 0", SOON);
        second.await(VIEWERS + " === 2", SOON);
        assertThat(first.is("wantedStreams() === 0")).isTrue();
        second.await(ElementTab.ELEMENT + ".layers.length === 2", SOON);
        first.evaluate(ElementTab.ELEMENT + ".stop(), " + ElementTab.ELEMENT + ".play()");
        first.awaitState("playing", SOON);
        assertThat(first.is("wantedStreams() === 0")).isTrue();
        assertThat(first.evaluate(VIEWERS)).isEqualTo("null");
      }
      first.await("!document.hidden", SOON);
      first.await("openStreams() === 1", SOON);
      first.await(VIEWERS + " === 1", SOON);
      first.await(ElementTab.ELEMENT + ".layers.length === 2", SOON);
    }
  }

  /** Without an event stream it hears of nobody, and goes by what it sees. */
  @Test
  @Requires(Tool.FIREFOX)
  void a_hidden_tab_plays_again_when_a_publisher_comes_back() {
    try (FirefoxBrowser firefox = FirefoxBrowser.launch();
        TestSite site = new TestSite(Site.player(server(), server().whep("room", "main"), ""));
        ElementTab first = ElementTab.open(firefox, site.uri())) {
      first.awaitState("playing", SOON);
      first.await(VIEWERS + " === 1", SOON);
      publisher.click(".live"); // Stop
      first.awaitState("waiting", SOON);
      try (ElementTab second = ElementTab.open(firefox, site.uri())) {
        first.await("document.hidden && wantedStreams() === 0", SOON);
        publisher.click(".live");
        second.awaitState("playing", SOON);
        first.awaitState("playing", SOON);
        assertThat(first.is("document.hidden")).isTrue();
      }
    }
  }
}
