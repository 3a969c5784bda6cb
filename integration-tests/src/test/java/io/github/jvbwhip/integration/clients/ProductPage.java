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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** The product's pages {@code /publish} and {@code /watch} in a tab. Same thread as its browser. */
public final class ProductPage implements AutoCloseable {
  /**
   * Whether the picture is that of a layer; chooses it where that was not done. Publishers suspend
   * layers when bandwidth or processor do not suffice: then it is chosen again.
   */
  private static final String CHOOSE_LAYER =
      """
      rid => {
        const player = document.querySelector('whep-player');
        const menu = player.shadowRoot.querySelector('.layer');
        const index = player.layers.findIndex((layer) => layer.rid === rid && layer.width && layer.bitrate);
        if (index < 0) return false;
        if (menu.value !== String(index) || player.shadowRoot.querySelector('.message').textContent) {
          menu.value = String(index);
          menu.dispatchEvent(new Event('change'));
          return false;
        }
        return player.video.videoWidth === player.layers[index].width;
      }
      """;

  /** Which of three colours the middle of the picture has. */
  private static final String COLOUR =
      """
      () => {
        const {video} = document.querySelector('whep-player');
        const pen = document.createElement('canvas').getContext('2d');
        const {videoWidth: width, videoHeight: height} = video;
        pen.drawImage(video, width / 4, height / 4, width / 2, height / 2, 0, 0, 1, 1);
        const light = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
        const [most, next] = [...light].sort((a, b) => b - a);
        return most > 2 * next ? ['red', 'lime', 'blue'][light.indexOf(most)] : 'none of them';
      }
      """;

  private static final String STATE =
      """
      () => document.querySelector('[data-state]')?.dataset.state
      """;

  private final ChromiumBrowser browser;
  private final Page page;

  private ProductPage(ChromiumBrowser browser, Page page) {
    this.browser = browser;
    this.page = page;
  }

  /** Opens {@code /publish} and goes live; {@code codec} is empty for the browser's choice. */
  public static ProductPage publish(
      ChromiumBrowser browser, URI server, String room, String codec, int encodings) {
    String query =
        "publish?autostart=1&source=pattern&stream=main&room=%s&codec=%s&simulcast=%d"
            .formatted(room, codec, encodings);
    return new ProductPage(browser, browser.open(server.resolve(query)));
  }

  /** Opens {@code /watch}, which starts at once. */
  public static ProductPage watch(ChromiumBrowser browser, URI server, String room) {
    URI uri = server.resolve("watch?stream=main&room=" + room);
    return new ProductPage(browser, browser.open(uri));
  }

  /** Opens {@code /publish} or {@code /watch} with all that it is to do in its query. */
  public static ProductPage open(ChromiumBrowser browser, URI page) {
    return new ProductPage(browser, browser.open(page));
  }

  /** A tab that shows one of the pages. */
  public static ProductPage in(ChromiumBrowser browser, Page page) {
    return new ProductPage(browser, page);
  }

  /** The word of its element for its state; of the list of rooms, which has none, its own. */
  public String state() {
    return String.valueOf(page.evaluate(STATE));
  }

  /** What its element says in words. */
  public String message() {
    return page.locator(".message, #message").first().textContent().strip();
  }

  /** Waits until the page is in this state. */
  public void awaitState(String state, Duration timeout) {
    await("state " + state, timeout, () -> state.equals(state()));
  }

  /** Waits until an element has this text. */
  public void awaitText(String selector, String text, Duration timeout) {
    await(
        selector + " " + text,
        timeout,
        () -> text.equals(page.locator(selector).textContent().strip()));
  }

  /**
   * Chooses from the menu the layer with this RID, as soon as it says that it comes, and waits
   * until the picture is as wide as the menu says.
   *
   * @param publisher tells what it sends, should that not happen
   */
  public void awaitLayer(String rid, Duration timeout, ProductPage publisher) {
    new Signal()
        .await(
            "layer " + rid,
            timeout,
            () -> Boolean.TRUE.equals(page.evaluate(CHOOSE_LAYER, rid)),
            () -> this + "; " + publisher);
  }

  /** Waits until the picture is "red", "lime" or "blue". */
  public void awaitColour(String colour, Duration timeout) {
    await(colour + " picture", timeout, () -> colour.equals(page.evaluate(COLOUR)));
  }

  /** Waits until so many frames more have been shown. */
  public void awaitFrames(int more, Duration timeout) {
    long before = frames();
    await(more + " frames more than " + before, timeout, () -> frames() >= before + more);
  }

  private long frames() {
    String shown = "() => document.querySelector('whep-player').video.getVideoPlaybackQuality()";
    return ((Number) page.evaluate(shown + ".totalVideoFrames")).longValue();
  }

  /** Waits until so many sounds come in, of which each has lasted for a second. */
  public void awaitSounds(int count, Duration timeout) {
    new Signal()
        .await(
            count + " sounds",
            timeout,
            () -> ((Number) page.evaluate("() => window.sounds()")).intValue() == count,
            () -> page.evaluate("() => window.sounds()") + " sounds; " + this);
  }

  private void await(String what, Duration timeout, BooleanSupplier condition) {
    new Signal().await(what, timeout, condition, this::toString);
  }

  /** Waits for a picture that moves; how long it took from now. */
  public Duration awaitMovingPicture(Duration timeout) {
    try {
      String script = Files.readString(Commands.SCRIPTS.resolve("js/picture.js"));
      Object millis =
          page.evaluate(
              script, Map.of("selector", "video", "timeout", (double) timeout.toMillis()));
      return Duration.ofMillis(((Number) millis).longValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PlaywrightException e) {
      throw new AssertionError(this + ": " + e.getMessage(), e);
    }
  }

  /** Waits until one channel of so many is loud, and the others are silent. */
  public void awaitToneIn(int loud, int channels, Duration timeout) {
    double[] peaks = new double[channels];
    new Signal()
        .await(
            "a tone in channel " + loud,
            timeout,
            () -> {
              listen(peaks);
              return IntStream.range(0, channels)
                  .allMatch(i -> i == loud ? peaks[i] > 0.2 : peaks[i] < 0.05);
            },
            () -> Arrays.toString(peaks) + "; " + this);
  }

  private void listen(double[] peaks) {
    try {
      List<?> heard =
          (List<?>)
              page.evaluate(
                  Files.readString(Commands.SCRIPTS.resolve("js/channels.js")),
                  Map.of("selector", "video", "channels", peaks.length));
      Arrays.setAll(peaks, i -> ((Number) heard.get(i)).doubleValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tab. */
  public Page page() {
    return page;
  }

  /** Keeps what the tab shows, as {@code target/<name>.png}. */
  public void screenshot(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", name + ".png")));
  }

  @Override
  public String toString() {
    return page.url()
        + " is "
        + state()
        + ": "
        + message()
        + "; video: "
        + page.evaluate("() => window.videoStatistics()")
        + "; layers: "
        + page.evaluate("() => JSON.stringify(document.querySelector('whep-player')?.layers)")
        + "; console: "
        + browser.console();
  }

  @Override
  public void close() {
    page.close();
    page.context().close();
  }
}
