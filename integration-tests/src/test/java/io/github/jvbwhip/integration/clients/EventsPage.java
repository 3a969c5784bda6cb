package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A Chromium tab, on a site of its own, that plays and listens to events with the browser's
 * EventSource ({@code src/test/js/events.js}). Same thread as its browser.
 */
public final class EventsPage implements AutoCloseable {
  private final ChromiumBrowser browser;
  private final TestSite site = new TestSite(Commands.SCRIPTS.resolve("js/events.js"));
  private final Page page;

  private EventsPage(ChromiumBrowser browser) {
    this.browser = browser;
    page = browser.open(site.uri());
  }

  /**
   * Plays and listens to every event that the server has.
   *
   * @param codec the only video codec that it takes, such as "VP8"; of audio that is Opus
   * @param named false to hear events by {@code onmessage} only
   */
  public static EventsPage play(
      ChromiumBrowser browser, URI endpoint, String codec, boolean named) {
    EventsPage page = new EventsPage(browser);
    page.page.evaluate(
        "([endpoint, codec, named]) => player.start(endpoint, codec, named)",
        List.of(endpoint.toString(), codec, named));
    return page;
  }

  /** Waits until the newest data of an event matches a pattern. */
  public void awaitEvent(String name, String pattern, Duration timeout) {
    try {
      page.waitForFunction(
          "([name, pattern]) => new RegExp(pattern).test(player.data[name] ?? 'none')",
          List.of(name, pattern),
          new Page.WaitForFunctionOptions().setTimeout(timeout.toMillis()));
    } catch (PlaywrightException e) {
      Object data = page.evaluate("() => player.data");
      throw new AssertionError(
          name + " did not come; " + data + ", console: " + browser.console(), e);
    }
  }

  /** The names of all events so far, in their order. */
  public List<String> names() {
    return ((List<?>) page.evaluate("() => player.names")).stream().map(String::valueOf).toList();
  }

  @Override
  public void close() {
    page.context().close();
    site.close();
  }
}
