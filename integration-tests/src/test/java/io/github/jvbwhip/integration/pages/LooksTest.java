package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.jvbwhip.integration.clients.Axe;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each page in each of its states, on a phone and on a desk, light and dark: nothing keeps people
 * from using it, and nothing is wider than the window. What it looks like is kept as {@code
 * target/screenshots/<page>-<state>-<width>-<scheme>.png}.
 */
@Requires({Tool.CHROMIUM, Tool.AXE})
@Timeout(180)
class LooksTest extends PageTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  static final Locator.WaitForOptions GONE =
      new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);

  /** How a page is looked at. */
  record Look(int width, ColorScheme scheme) {
    Browser.NewContextOptions options() {
      return new Browser.NewContextOptions()
          .setViewportSize(width, width < 600 ? 844 : 800)
          .setColorScheme(scheme);
    }

    Tab open(URI uri, String... scripts) {
      return BROWSING.open(uri, options(), scripts);
    }

    void check(Tab tab, String name) {
      String file = "%s-%d-%s.png".formatted(name, width, scheme.name().toLowerCase(Locale.ROOT));
      tab.page()
          .screenshot(
              new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
      assertThat(Axe.violations(tab.page())).as(file).isEmpty();
      Object overflow =
          tab.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth");
      assertThat(((Number) overflow).intValue()).as("pixels beyond %s", file).isZero();
    }
  }

  private Tab open(Look look, String page) {
    return look.open(server().resolve(page + "room=" + room));
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK", "3840, DARK"})
  void watching(int width, ColorScheme scheme) {
    Look look = new Look(width, scheme);
    Tab watch = open(look, "watch?noautostart=1&");
    look.check(watch, "watch-idle");
    watch.click("form button");
    watch.awaitState("waiting", SOON);
    look.check(watch, "watch-waiting");
    live("");
    watch.awaitState("playing", SOON);
    watch.product().awaitMovingPicture(SOON);
    watch.click(".toggle");
    watch.locate(".charts canvas").first().waitFor();
    watch.click("#lines summary");
    look.check(watch, "watch-playing");
    watch.refusePosts(503);
    rooms().delete(watch.session(SOON));
    watch.awaitState("reconnecting", SOON);
    look.check(watch, "watch-reconnecting");
    watch.refusePosts(401);
    watch.awaitState("failed", SOON);
    look.check(watch, "watch-failed");
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK", "3840, DARK"})
  void publishing(int width, ColorScheme scheme) {
    Look look = new Look(width, scheme);
    Tab publish = open(look, "publish?source=camera&");
    look.check(publish, "publish-idle");
    publish.click(".preview");
    publish.awaitState("preview", SOON);
    publish.product().awaitMovingPicture(SOON);
    look.check(publish, "publish-preview");
    publish.click(".live");
    publish.awaitState("live", SOON);
    publish.locate(".figures dd").first().waitFor();
    publish.click("#lines summary");
    look.check(publish, "publish-live");
    publish.refusePosts(503);
    rooms().delete(publish.session(SOON));
    publish.awaitState("reconnecting", SOON);
    look.check(publish, "publish-reconnecting");
    publish.refusePosts(401);
    publish.awaitState("failed", SOON);
    look.check(publish, "publish-failed");
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK", "3840, DARK"})
  void rooms_and_frames(int width, ColorScheme scheme) {
    Look look = new Look(width, scheme);
    live("");
    Tab list = look.open(server());
    list.locate(".tile").first().waitFor();
    look.check(list, "rooms-live");
    list.click(".tile button");
    list.await(
        "a picture",
        "() => document.querySelector('.tile whep-player')?.video.videoWidth > 0",
        SOON);
    look.check(list, "rooms-looking");
    list.locate("#search").fill("nobody has this name");
    list.locate(".tile").first().waitFor(GONE);
    look.check(list, "rooms-none");
    Tab frame = look.open(server().resolve("embed/" + room + "?muted&autoplay&controls"));
    frame.awaitState("playing", SOON);
    look.check(frame, "embed-playing");
  }
}
