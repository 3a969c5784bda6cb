package io.github.jvbwhip.integration.clients;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A headless Chromium of this machine with a fake camera, driven by Playwright. Each page is in a
 * context of its own, as in a browser of its own. Playwright wants one thread: not thread-safe.
 */
public final class ChromiumBrowser implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          "--autoplay-policy=no-user-gesture-required",
          "--disable-features=WebRtcHideLocalIpsWithMdns");
  private static final double TIMEOUT_MILLIS = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> console = new CopyOnWriteArrayList<>();

  /** What runs this browser alone. */
  private final List<ProcessHandle> drivers;

  private ChromiumBrowser(Playwright playwright, Browser browser, List<ProcessHandle> drivers) {
    this.playwright = playwright;
    this.browser = browser;
    this.drivers = drivers;
  }

  static Optional<String> missing() {
    if (executable().isEmpty()) {
      return Optional.of("chromium is not in the path");
    }
    if (Commands.find("node").isEmpty()) {
      return Optional.of("node, which Playwright needs, is not in the path");
    }
    return Optional.empty();
  }

  private static Optional<Path> executable() {
    return Commands.find("chromium", "chromium-browser", "google-chrome");
  }

  /** Starts a browser, with these arguments beside those of all. */
  public static ChromiumBrowser launch(String... more) {
    List<ProcessHandle> others = ProcessHandle.current().children().toList();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        Commands.find("node").orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    List<ProcessHandle> drivers =
        ProcessHandle.current().children().filter(process -> !others.contains(process)).toList();
    try {
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable().orElseThrow())
                      .setHeadless(true)
                      // Users have that cache.
                      .setIgnoreDefaultArgs(List.of("--disable-back-forward-cache"))
                      .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of(more)).toList()));
      return new ChromiumBrowser(playwright, browser, drivers);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static boolean isChromium(ProcessHandle process) {
    return process.info().command().orElse("").contains("chrom");
  }

  /** Opens a page in a context of its own; these scripts run before those of any page there. */
  public Page open(URI uri, String... scripts) {
    BrowserContext context = context(new Browser.NewContextOptions());
    List.of(scripts).forEach(context::addInitScript);
    return openIn(context, uri);
  }

  /** A context of its own, as in a browser of its own: with this size, this colour scheme, ... */
  public BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(TIMEOUT_MILLIS);
    context.addInitScript(Commands.SCRIPTS.resolve("js/video.js"));
    return context;
  }

  /** Opens a page as one more tab of a context: with its connections, storage and locks. */
  public Page openIn(BrowserContext context, URI uri) {
    Page page = context.newPage();
    page.onConsoleMessage((ConsoleMessage message) -> console.add(message.text()));
    page.onPageError(error -> console.add("error: " + error));
    page.navigate(uri.toString());
    return page;
  }

  /** What the pages wrote to their consoles, errors included. */
  public List<String> console() {
    return List.copyOf(console);
  }

  /** Ends the browser's processes with SIGKILL: nobody is told anything. */
  public void kill() {
    drivers.stream()
        .flatMap(ProcessHandle::descendants)
        .filter(ChromiumBrowser::isChromium)
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
