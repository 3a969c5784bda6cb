package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;

/** The product's pages {@code /publish} and {@code /watch} in a tab of Firefox. */
public final class FirefoxPage implements AutoCloseable {
  private static final Duration AT_ONCE = Duration.ofSeconds(30);
  private static final String ELEMENT = "document.querySelector('whep-player, whip-publisher')";

  private final FirefoxBrowser browser;
  private final String tab;

  private FirefoxPage(FirefoxBrowser browser, URI uri) {
    this.browser = browser;
    tab = browser.open(uri);
  }

  /** Opens {@code /publish} and goes live with the test pattern. */
  public static FirefoxPage publish(FirefoxBrowser browser, URI server, String room, String codec) {
    String query =
        "publish?autostart=1&source=pattern&stream=main&simulcast=1&room=%s&codec=%s"
            .formatted(room, codec);
    return new FirefoxPage(browser, server.resolve(query));
  }

  /** Opens {@code /watch}, which starts at once. */
  public static FirefoxPage watch(FirefoxBrowser browser, URI server, String room) {
    return new FirefoxPage(browser, server.resolve("watch?stream=main&room=" + room));
  }

  /** Opens one of the pages with all that it is to do in its query. */
  public static FirefoxPage open(FirefoxBrowser browser, URI page) {
    return new FirefoxPage(browser, page);
  }

  /** Waits until the element says this, and nothing more. */
  public void awaitMessage(String text, Duration timeout) {
    String message = ELEMENT + ".shadowRoot.querySelector('.message').textContent";
    new Signal()
        .await(text, timeout, () -> text.equals(evaluate(message)), () -> evaluate(message));
  }

  /** Waits until an expression, or what it promises, is true. */
  public void await(String what, String expression, Duration timeout) {
    new Signal()
        .await(
            what,
            timeout,
            () -> "true".equals(evaluate("String(" + expression + ")")),
            () -> evaluate("String(" + expression + ")"));
  }

  /** Clicks something within the element. */
  public void click(String selector) {
    evaluate(ELEMENT + ".shadowRoot.querySelector('" + selector + "').click()");
  }

  /** Writes into a field of the page, as its user does. */
  public void fill(String selector, String text) {
    evaluate(
        "(field => { field.value = '%s'; field.dispatchEvent(new Event('input', { bubbles: true })); })(document.querySelector('%s'))"
            .formatted(text, selector));
  }

  /** Waits until the page is in this state. */
  public void awaitState(String state, Duration timeout) {
    new Signal()
        .await(
            "state " + state,
            timeout,
            () -> state.equals(evaluate("document.querySelector('[data-state]')?.dataset.state")),
            () -> evaluate(ELEMENT + ".state + ' ' + " + ELEMENT + ".message"));
  }

  /** Waits for a picture that moves. */
  public void awaitMovingPicture(Duration timeout) {
    try {
      String script = Files.readString(Commands.SCRIPTS.resolve("js/picture.js"));
      String function = script.substring(script.indexOf("async"), script.lastIndexOf(';'));
      String call =
          "(%s)({ selector: 'video', timeout: %d })".formatted(function, timeout.toMillis());
      browser.evaluate(tab, call, timeout.plus(AT_ONCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of an expression, as text. */
  public String evaluate(String expression) {
    return browser.evaluate(tab, expression, AT_ONCE);
  }

  /** Closes the tab. */
  @Override
  public void close() {
    browser.close(tab);
  }
}
