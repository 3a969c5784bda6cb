package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.LibraryPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client libraries of others publish and play on another origin, on every bridge. */
abstract class LibrariesContract {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @ParameterizedTest
  @CsvSource({
    "whip-whep, whip-whep",
    "@eyevinn/whip-web-client, @eyevinn/webrtc-player",
    "whip-whep, janus",
  })
  @Requires(Tool.CLIENT_LIBRARIES)
  void libraries_publish_and_play(String publishing, String playing) {
    String room = "libraries-" + Math.abs((publishing + playing).hashCode());
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        LibraryPage publisher =
            LibraryPage.publish(browser, publishing, server().whip(room, "main"))) {
      publisher.awaitConnected(SOON);
      try (LibraryPage player = LibraryPage.play(browser, playing, server().whep(room, "main"))) {
        player.awaitMovingPicture(SOON);
        player.awaitFrames(20, SOON);
        player.stop();
        assertAllWell(player.answers());
      }
      publisher.stop();
      assertAllWell(publisher.answers());
    }
  }

  /** A restart by a library that asks for it with If-Match: * (RFC 9725 section 4.3.3). */
  @Test
  @Requires(Tool.CLIENT_LIBRARIES)
  void media_go_on_through_ice_restarts_at_both_ends() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        LibraryPage publisher =
            LibraryPage.publish(browser, "whip-whep", server().whip("restarts", "main"));
        LibraryPage player =
            LibraryPage.play(browser, "whip-whep", server().whep("restarts", "main"))) {
      player.awaitFrames(5, SOON);
      publisher.call("restart");
      player.call("restart");
      player.awaitFrames(player.frames() + 40, SOON);
      player.awaitMovingPicture(SOON);
      publisher.stop();
      player.stop();
      assertAllWell(publisher.answers());
      assertAllWell(player.answers());
      assertThat(publisher.answers()).contains("PATCH 200");
      assertThat(player.answers()).contains("PATCH 200");
    }
  }

  private static void assertAllWell(List<String> answers) {
    assertThat(answers).contains("POST 201").allMatch(answer -> answer.matches("[A-Z]+ 2\\d\\d"));
  }
}
