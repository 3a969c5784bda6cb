package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on plain HTTP of another host than localhost: no secure context. */
@Requires(Tool.CHROMIUM)
@Timeout(120)
class InsecureOriginTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String HOST = "insecure.test";

  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @RegisterExtension
  static final Browsing BROWSING = new Browsing("--host-resolver-rules=MAP " + HOST + " 127.0.0.1");

  private final String room = "room-" + UUID.randomUUID();

  private Tab open(String page) {
    URI server = URI.create("http://" + HOST + ":" + SERVER.get().uri().getPort() + "/");
    Tab tab = BROWSING.open(server.resolve(page + "stream=main&room=" + room));
    assertThat(tab.evaluate("() => isSecureContext || Boolean(navigator.locks)")).isEqualTo(false);
    return tab;
  }

  private static void assertNoErrors() {
    assertThat(BROWSING.browser().console()).noneMatch(line -> line.startsWith("error:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera", "microphone", "screen"})
  void there_is_no_camera_which_is_said_in_words(String source) {
    Tab tab = open("publish?source=" + source + "&");
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "failed insecure");
    tab.awaitMessage(
        "Browsers give camera, microphone and screen only to pages on https:// or on localhost."
            + " Open this page over HTTPS, or choose the test pattern.",
        SOON);
    tab.click(".preview");
    tab.awaitStates(SOON, "asking", "failed insecure", "asking", "failed insecure");
    assertThat(tab.requests("POST", "/whip/")).isZero();
    assertNoErrors();
  }

  @Test
  void the_test_pattern_is_published_and_watched_with_events() {
    Tab publisher = open("publish?source=pattern&");
    publisher.click(".live");
    publisher.awaitState("live", SOON);
    Tab watcher = open("watch?");
    watcher.awaitState("playing", SOON);
    watcher.product().awaitMovingPicture(SOON);
    watcher.product().awaitText(".viewers", "1 watching", SOON);
    assertNoErrors();
  }

  @Test
  void what_is_to_be_copied_is() {
    Tab tab = open("watch?noautostart&");
    tab.click("#lines summary");
    tab.locate("#lines button").nth(1).click();
    tab.locate("#stream").fill("");
    tab.locate("#stream").press("Control+V");
    assertThat(tab.locate("#stream").inputValue()).endsWith("/whep/" + room + "/main");
  }
}
