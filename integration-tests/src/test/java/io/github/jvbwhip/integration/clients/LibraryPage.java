package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.github.jvbwhip.testpeer.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Chromium tab, on a site of its own, in which a client library of others publishes or plays
 * ({@code src/test/js/libraries.js}). Same thread as its browser.
 */
public final class LibraryPage implements AutoCloseable {
  private static final Path BUNDLE = NpmPackages.FOLDER.resolve("bundle.js");

  private final ChromiumBrowser browser;
  private final TestSite site = new TestSite(BUNDLE);
  private final Page page;

  private LibraryPage(ChromiumBrowser browser) {
    this.browser = browser;
    page = browser.open(site.uri());
  }

  /** Bundles the libraries for the browser; why that does not work, or empty. */
  static Optional<String> missing() {
    return ChromiumBrowser.missing()
        .or(NpmPackages::missing)
        .or(
            () ->
                Commands.run(
                    NpmPackages.FOLDER,
                    Commands.find("node").orElseThrow().toString(),
                    "node_modules/esbuild/bin/esbuild",
                    "libraries.js",
                    "--bundle",
                    "--log-level=error",
                    "--outfile=" + BUNDLE));
  }

  /** Publishes the fake camera and microphone with the library of this name. */
  public static LibraryPage publish(ChromiumBrowser browser, String library, URI endpoint) {
    return open(browser, "publish", library, endpoint);
  }

  /** Plays with the library of this name. */
  public static LibraryPage play(ChromiumBrowser browser, String library, URI endpoint) {
    return open(browser, "play", library, endpoint);
  }

  private static LibraryPage open(
      ChromiumBrowser browser, String action, String library, URI endpoint) {
    LibraryPage page = new LibraryPage(browser);
    try {
      page.page.evaluate(
          "([action, library, endpoint]) => libraries[action](library, endpoint)",
          List.of(action, library, endpoint.toString()));
      return page;
    } catch (PlaywrightException e) {
      AssertionError error = page.failure(e);
      page.page.context().close();
      page.site.close();
      throw error;
    }
  }

  /** Waits until ICE and DTLS are through. */
  public void awaitConnected(Duration timeout) {
    await("libraries.state() === 'connected'", timeout);
  }

  /** The video frames decoded so far. */
  public int frames() {
    return ((Number) page.evaluate("() => libraries.decoded()")).intValue();
  }

  /** Waits until this many video frames have been decoded. */
  public void awaitFrames(int count, Duration timeout) {
    await("await libraries.decoded() >= " + count, timeout);
  }

  /** Waits until pictures that differ have been seen. */
  public void awaitMovingPicture(Duration timeout) {
    try {
      page.evaluate(
          Files.readString(Commands.SCRIPTS.resolve("js/picture.js")),
          Map.of("selector", "#played", "timeout", (double) timeout.toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PlaywrightException e) {
      throw failure(e);
    }
  }

  /** Calls a function of the library's own client object, such as {@code restart}. */
  public void call(String function) {
    try {
      page.evaluate("name => libraries.client[name]()", function);
    } catch (PlaywrightException e) {
      throw failure(e);
    }
  }

  /** Lets the library end its session. */
  public void stop() {
    try {
      page.evaluate("() => libraries.stop()");
    } catch (PlaywrightException e) {
      throw failure(e);
    }
  }

  /** The answers to the library's requests so far: "POST 201" and the like. */
  public List<String> answers() {
    return ((List<?>) page.evaluate("() => libraries.answers"))
        .stream().map(String::valueOf).toList();
  }

  private void await(String condition, Duration timeout) {
    // Not waitForFunction, which takes the promise of a condition for the condition.
    new Signal()
        .await(
            condition,
            timeout,
            () -> Boolean.TRUE.equals(page.evaluate("async () => " + condition)),
            this::happened);
  }

  private String happened() {
    return "answers: " + answers() + ", console: " + browser.console();
  }

  private AssertionError failure(PlaywrightException cause) {
    return new AssertionError(cause.getMessage() + "; " + happened(), cause);
  }

  /** Closes the tab, without a word to the server. */
  @Override
  public void close() {
    page.context().close();
    site.close();
  }
}
