package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.clients.TurnServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages with a TURN server: where nothing else works, and where it is not needed. */
@Requires({Tool.CHROMIUM, Tool.TURN})
@Timeout(180)
abstract class TurnContract {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String RELAY_ONLY =
      "window.ofAllConnections = {iceTransportPolicy: 'relay'}";
  private static final String PUBLISH =
      "publish?autostart=1&source=pattern&room=room&stream=main&height=360";
  private static final String WATCH = "watch?room=room&stream=main";

  private TurnServer turn;
  private ChromiumBrowser browser;

  /** Starts a server with these keys. */
  abstract ServerUnderTest start(Map<String, ?> settings);

  @BeforeEach
  void start() {
    turn = TurnServer.start();
    browser = ChromiumBrowser.launch();
  }

  @AfterEach
  void stop() {
    browser.close();
    turn.close();
  }

  private ServerUnderTest startWithTurn(boolean onOptions) {
    return startWithTurn(onOptions, "udp");
  }

  private ServerUnderTest startWithTurn(boolean onOptions, String transport) {
    return start(
        Map.of(
            "videobridge.whip.ice-servers",
            List.of(turn.asIceServer(transport)),
            "videobridge.whep.ice-servers",
            List.of(turn.asIceServer(transport)),
            "videobridge.whip.ice-servers-on-options",
            onOptions,
            "videobridge.whep.ice-servers-on-options",
            onOptions));
  }

  private ElementTab open(ServerUnderTest server, String page, String... scripts) {
    return ElementTab.open(browser, server.uri().resolve(page), scripts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void where_only_turn_works_the_pages_publish_and_watch_over_it(String transport) {
    try (ServerUnderTest server = startWithTurn(true, transport);
        ElementTab publisher = open(server, PUBLISH, RELAY_ONLY);
        ElementTab watcher = open(server, WATCH, RELAY_ONLY)) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      for (ElementTab each : List.of(publisher, watcher)) {
        each.await("await candidateType() === 'relay'", SOON);
        assertThat(each.evaluate("relayProtocol()")).as("%s", turn.log()).isEqualTo(transport);
      }
    }
  }

  /**
   * The browser asks first whether the page may ask with OPTIONS and a token, without which no
   * servers are told.
   */
  @Test
  void where_only_turn_works_an_element_on_another_site_plays_over_it_with_its_token() {
    Map<String, ?> settings =
        Map.of(
            "videobridge.whep.ice-servers", List.of(turn.asIceServer("udp")),
            "videobridge.whep.auth.tokens", List.of("secret"));
    try (ServerUnderTest server = start(settings);
        ElementTab publisher = open(server, PUBLISH);
        TestSite site =
            new TestSite(
                Site.player(server, server.whep("room", "main"), "player.token = 'secret';"));
        ElementTab player = ElementTab.open(browser, site.uri(), RELAY_ONLY)) {
      publisher.awaitState("live", SOON);
      player.awaitMovingPicture(SOON);
      player.await("await candidateType() === 'relay'", SOON);
    }
  }

  @Test
  void where_turn_is_not_needed_the_pages_do_without_and_stay_bundled() {
    try (ServerUnderTest server = startWithTurn(true)) {
      assertThatBothWork(server);
    }
  }

  /** Then they are known for ICE restarts. */
  @Test
  void servers_that_come_with_the_answer_alone_break_nothing() {
    try (ServerUnderTest server = startWithTurn(false)) {
      assertThatBothWork(server);
    }
  }

  private void assertThatBothWork(ServerUnderTest server) {
    try (ElementTab publisher = open(server, PUBLISH);
        ElementTab watcher = open(server, WATCH)) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      for (ElementTab each : List.of(publisher, watcher)) {
        each.await("['host', 'prflx'].includes(await candidateType())", SOON);
        assertThat(each.evaluate("configuration().bundlePolicy")).isEqualTo("max-bundle");
        assertThat(each.evaluate("configuration().iceServers[0].urls"))
            .contains(turn.asIceServer("udp").get("urls").toString().replaceAll("[\\[\\]]", ""));
      }
    }
  }
}
