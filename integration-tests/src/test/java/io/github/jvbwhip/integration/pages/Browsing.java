package io.github.jvbwhip.integration.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One Chromium for all tests of a class, as a static {@code @RegisterExtension} field; what a test
 * opens is closed after it.
 */
final class Browsing implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final Path STATES = Path.of("src", "test", "js", "states.js").toAbsolutePath();

  private final String[] arguments;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private @Nullable ChromiumBrowser browser;

  /** With these arguments beside the usual ones. */
  Browsing(String... arguments) {
    this.arguments = arguments;
  }

  ChromiumBrowser browser() {
    if (browser == null) {
      throw new IllegalStateException("the browser has not been started");
    }
    return browser;
  }

  /** Opens a page in a context of its own; these scripts run before those of any page there. */
  Tab open(URI uri, String... scripts) {
    return open(uri, new Browser.NewContextOptions(), scripts);
  }

  /** The same with a size, a colour scheme, ... */
  Tab open(URI uri, Browser.NewContextOptions options, String... scripts) {
    BrowserContext context = browser().context(options);
    contexts.add(context);
    context.addInitScript(STATES);
    List.of(scripts).forEach(context::addInitScript);
    return openIn(context, uri);
  }

  /** Opens a page in one more tab of a context. */
  Tab openIn(BrowserContext context, URI uri) {
    return new Tab(browser(), context, uri);
  }

  static String script(String name) {
    try {
      return Files.readString(STATES.resolveSibling(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    browser = ChromiumBrowser.launch(arguments);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    for (BrowserContext context : contexts) {
      // Requests that are answered by the test would find their page closed.
      context.pages().forEach(Page::unrouteAll);
      context.close();
    }
    contexts.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    browser().close();
  }
}
