package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.FirefoxBrowser;
import java.net.URI;
import java.util.function.Function;

/** One of the browsers that the elements have to work in. Same thread for all calls. */
final class AnyBrowser implements AutoCloseable {
  /** Which. */
  enum Kind {
    CHROMIUM,
    FIREFOX
  }

  private final Function<URI, ElementTab> open;
  private final Runnable close;

  private AnyBrowser(Function<URI, ElementTab> open, Runnable close) {
    this.open = open;
    this.close = close;
  }

  static AnyBrowser launch(Kind kind) {
    return switch (kind) {
      case CHROMIUM -> {
        ChromiumBrowser browser = ChromiumBrowser.launch();
        yield new AnyBrowser(uri -> ElementTab.open(browser, uri), browser::close);
      }
      case FIREFOX -> {
        FirefoxBrowser browser = FirefoxBrowser.launch();
        yield new AnyBrowser(uri -> ElementTab.open(browser, uri), browser::close);
      }
    };
  }

  /** Opens a page that has {@link ElementTab#hearing} in itself. */
  ElementTab open(URI uri) {
    return open.apply(uri);
  }

  @Override
  public void close() {
    close.run();
  }
}
