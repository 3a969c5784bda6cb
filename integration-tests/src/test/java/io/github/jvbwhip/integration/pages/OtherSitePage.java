package io.github.jvbwhip.integration.pages;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A page of another origin with one script and one element. */
@Requires({Tool.CHROMIUM, Tool.FIREFOX})
@Timeout(180)
abstract class OtherSitePage {
  /** Watching needs the token {@code secret}. */
  static final Map<String, Object> SETTINGS =
      Map.of("videobridge.whep.auth.tokens", List.of("secret"));

  static final Duration SOON = Duration.ofSeconds(40);
  static final String WITH_TOKEN = "player.token = 'secret';";

  String room = "";
  AnyBrowser browser;

  /** A server with {@link #SETTINGS}. */
  abstract ServerUnderTest server();

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room = "room-" + Math.abs(info.getDisplayName().hashCode()) + info.getTestMethod().hashCode();
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  ElementTab open(AnyBrowser.Kind kind, TestSite site) {
    browser = AnyBrowser.launch(kind);
    return browser.open(site.uri());
  }

  URI main() {
    return server().whep(room, "main");
  }

  static void awaitFailure(ElementTab player, String reason, String words) {
    player.await(ElementTab.ELEMENT + ".reason === '" + reason + "'", SOON);
    player.awaitState("failed", SOON);
    player.awaitWords(words, SOON);
  }
}
