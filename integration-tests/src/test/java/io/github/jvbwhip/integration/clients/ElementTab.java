package io.github.jvbwhip.integration.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import io.github.jvbwhip.testpeer.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A page with one of the product's elements in a tab of Chromium or Firefox, and what that element
 * says, when, by the page's own clock ({@code src/test/js/elements.js}). Same thread as its
 * browser.
 */
public final class ElementTab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The element, as an expression. */
  public static final String ELEMENT = "document.querySelector('whep-player, whip-publisher')";

  /**
   * A state that the element has entered.
   *
   * @param message what {@code message} is
   * @param shown the words that people see
   * @param at milliseconds on the page's clock
   */
  public record Said(
      String state, @Nullable String reason, String message, String shown, double at) {}

  private final UnaryOperator<String> script;
  private final Runnable close;

  private ElementTab(UnaryOperator<String> script, Runnable close) {
    this.script = script;
    this.close = close;
  }

  /** What a page needs before its own scripts for this class to hear it. */
  public static String hearing() {
    try {
      return Files.readString(Commands.SCRIPTS.resolve("js/elements.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a page in a browser context of its own; these scripts run before all others. */
  public static ElementTab open(ChromiumBrowser browser, URI uri, String... scripts) {
    Page page = browser.open(uri, hearing(), String.join("\n", scripts));
    return of(page);
  }

  /** A tab that is open already, in a context that began with {@link #hearing}. */
  public static ElementTab of(Page page) {
    return of(page.mainFrame(), () -> page.context().close());
  }

  /** A frame within a tab that somebody else closes. */
  public static ElementTab of(Frame frame) {
    return of(frame, () -> {});
  }

  private static ElementTab of(Frame frame, Runnable close) {
    return new ElementTab(
        expression ->
            String.valueOf(frame.evaluate("async () => String(await (" + expression + "))")),
        close);
  }

  /** Opens a page, which has {@link #hearing} in itself, in a tab of its own. */
  public static ElementTab open(FirefoxBrowser browser, URI uri) {
    String tab = browser.open(uri);
    return new ElementTab(
        expression ->
            browser.evaluate(tab, "(async () => String(await (" + expression + ")))()", PATIENCE),
        () -> browser.close(tab));
  }

  /** The value of an expression, as text; that of a promise once it is resolved. */
  public String evaluate(String expression) {
    return script.apply(expression);
  }

  /** Milliseconds on the page's own clock. */
  public double now() {
    return Double.parseDouble(evaluate("performance.now()"));
  }

  /** All that the element has said so far. */
  public List<Said> said() {
    try {
      return JSON.readValue(evaluate("JSON.stringify(said)"), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the element enters a state, later than that; what it says then. */
  public Said awaitSaid(String state, double after, Duration timeout) {
    await("said.some(s => s.at > %s && s.state === '%s')".formatted(after, state), timeout);
    return said().stream()
        .filter(said -> said.at() > after && said.state().equals(state))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the element has this state. */
  public void awaitState(String state, Duration timeout) {
    await(ELEMENT + ".state === '" + state + "'", timeout);
  }

  /** Waits until people read this, all of it or a part. */
  public void awaitWords(String words, Duration timeout) {
    await(
        ELEMENT + ".shadowRoot.querySelector('.message').textContent.includes(\"" + words + "\")",
        timeout);
  }

  /** Waits until an expression is true, or a promise of that. */
  public void await(String condition, Duration timeout) {
    new Signal().await(condition, timeout, () -> is(condition), this::toString);
  }

  /** The same; where it comes to nothing, the other side is told of, too. */
  public void await(String condition, Duration timeout, ElementTab other) {
    new Signal().await(condition, timeout, () -> is(condition), () -> this + "; " + other);
  }

  /** Whether an expression is true. */
  public boolean is(String condition) {
    return evaluate("Boolean(await (" + condition + "))").equals("true");
  }

  /** Waits for a picture that moves, from now on. */
  public void awaitMovingPicture(Duration timeout) {
    try {
      String source = Files.readString(Commands.SCRIPTS.resolve("js/picture.js"));
      String function = source.substring(source.indexOf("async"), source.lastIndexOf(';'));
      String call =
          "(%s)({ selector: 'video', timeout: %d }).catch(error => error.message)"
              .formatted(function, timeout.toMillis());
      String taken = evaluate(call);
      if (!taken.matches("[0-9.]+")) {
        throw new AssertionError(taken + "; " + this);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Clicks something of the element, by its selector. */
  public void click(String selector) {
    evaluate(ELEMENT + ".shadowRoot.querySelector('" + selector + "').click()");
  }

  @Override
  public String toString() {
    return evaluate("location.href + ' ' + document.title + ' ' + " + ELEMENT + "?.state")
        + ": "
        + said()
        + "; "
        + evaluate("window.connection?.()");
  }

  @Override
  public void close() {
    close.run();
  }
}
