package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The pictures of the README: kept as {@code target/screenshots/readme-*.png}, and with {@code
 * -Ddocs.images=true} written to {@code docs/images}.
 */
class ReadmePicturesTest extends PageTest {
  private static final Path FOLDER =
      Boolean.getBoolean("docs.images")
          ? Path.of("..", "docs", "images")
          : Path.of("target", "screenshots");

  @Test
  void both_pages_are_what_the_readme_shows() {
    Browser.NewContextOptions desk = new Browser.NewContextOptions().setViewportSize(1280, 800);
    Tab publish =
        BROWSING.open(
            server().resolve("publish?source=pattern&codec=VP8&simulcast=3&room=demo"), desk);
    publish.click(".live");
    publish.awaitState("live", SOON);
    Tab watch = BROWSING.open(server().resolve("watch?room=demo"), desk);
    watch.awaitState("playing", SOON);
    watch.await(
        "its full size",
        "() => document.querySelector('whep-player').video.videoWidth === 1280",
        SOON);
    watch.click(".toggle");
    watch.locate(".charts canvas").first().waitFor();
    watch.await(
        "some seconds of graphs",
        "() => document.querySelector('whep-player').statistics.samples.length >= 15",
        SOON);
    keep(publish, "publish");
    keep(watch, "watch");
  }

  private static void keep(Tab tab, String page) {
    String prefix = Boolean.getBoolean("docs.images") ? "" : "readme-";
    Path file = FOLDER.resolve(prefix + page + ".png");
    tab.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    assertThat(file).isNotEmptyFile();
  }
}
