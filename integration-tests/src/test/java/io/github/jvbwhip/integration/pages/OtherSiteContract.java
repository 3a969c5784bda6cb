package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A page of another origin with one script and one element: that it works, and what it says. */
@Requires({Tool.CHROMIUM, Tool.FIREFOX})
@Timeout(180)
abstract class OtherSiteContract {
  /** Watching needs the token {@code secret}. */
  static final Map<String, Object> SETTINGS =
      Map.of("videobridge.whep.auth.tokens", List.of("secret"));

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String WITH_TOKEN = "player.token = 'secret';";

  private String room = "";
  private AnyBrowser browser;

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

  private ElementTab open(AnyBrowser.Kind kind, TestSite site) {
    browser = AnyBrowser.launch(kind);
    return browser.open(site.uri());
  }

  private URI main() {
    return server().whep(room, "main");
  }

  @ParameterizedTest
  @EnumSource
  void an_element_publishes_the_test_pattern_and_another_plays_it(AnyBrowser.Kind kind) {
    URI whip = server().whip(room, "main");
    try (TestSite studio = new TestSite(Site.publisher(server(), whip, ""));
        TestSite site = new TestSite(Site.player(server(), main(), WITH_TOKEN));
        ElementTab publisher = open(kind, studio);
        ElementTab player = browser.open(site.uri())) {
      publisher.click(".live");
      publisher.awaitState("live", SOON);
      player.awaitMovingPicture(SOON);
      player.awaitState("playing", SOON);
      assertThat(player.evaluate(ElementTab.ELEMENT + ".message")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void that_nobody_is_on_the_air_is_said_until_somebody_is(AnyBrowser.Kind kind) {
    try (TestSite site = new TestSite(Site.player(server(), main(), WITH_TOKEN));
        ElementTab player = open(kind, site);
        TestPeer publisher = TestPeer.open(PeerOptions.defaults())) {
      player.awaitWords("Nobody is on the air here yet. The picture comes by itself.", SOON);
      assertThat(player.said().get(player.said().size() - 1).reason()).isEqualTo("empty");
      publisher.connect(server().whip(room, "main"), OfferSpec.publisher(Codec.VP8));
      publisher.awaitConnected(SOON);
      publisher.audio().start(); // The peer's pictures cannot be decoded.
      player.awaitState("playing", SOON);
      publisher.hangUp();
      player.awaitWords("The publisher has gone. The picture comes back by itself.", SOON);
    }
  }

  @ParameterizedTest
  @EnumSource
  void that_a_token_is_needed_is_said_and_the_player_takes_one(AnyBrowser.Kind kind) {
    try (TestSite site = new TestSite(Site.player(server(), main(), ""));
        ElementTab player = open(kind, site)) {
      awaitFailure(player, "token-missing", "A token is needed here.");
      give(player, "wrong");
      awaitFailure(player, "token-refused", "This token is not valid here.");
      give(player, "secret");
      player.awaitState("waiting", SOON);
    }
  }

  /** Who plays by itself goes on as soon as it has another one. */
  private static void give(ElementTab player, String token) {
    player.evaluate(ElementTab.ELEMENT + ".token = '" + token + "'");
  }

  private static void tryAgain(ElementTab player) {
    assertThat(player.evaluate(ElementTab.ELEMENT + ".shadowRoot.querySelector('.play').innerText"))
        .isEqualTo("Try again");
    player.click(".play");
  }

  private static void awaitFailure(ElementTab player, String reason, String words) {
    player.await(ElementTab.ELEMENT + ".reason === '" + reason + "'", SOON);
    player.awaitState("failed", SOON);
    player.awaitWords(words, SOON);
  }

  @ParameterizedTest
  @EnumSource
  void a_function_gives_a_token_for_each_attempt(AnyBrowser.Kind kind) {
    String script =
        "window.tokens = ['wrong', 'secret']; window.asked = 0;"
            + " player.token = async () => { asked += 1; return tokens.shift(); };";
    try (TestSite site = new TestSite(Site.player(server(), main(), script));
        ElementTab player = open(kind, site)) {
      awaitFailure(player, "token-refused", "This token is not valid here.");
      assertThat(player.evaluate("asked")).isEqualTo("1");
      tryAgain(player);
      player.awaitState("waiting", SOON);
      assertThat(player.evaluate("asked")).isEqualTo("2");
    }
  }

  /** The site's own server is away, and comes back. */
  @ParameterizedTest
  @EnumSource
  void a_function_that_fails_is_asked_again(AnyBrowser.Kind kind) {
    String script =
        "window.works = false; player.token = async () => {"
            + " if (!works) throw new TypeError('no network'); return 'secret'; };";
    try (TestSite site = new TestSite(Site.player(server(), main(), script));
        ElementTab player = open(kind, site)) {
      player.awaitWords("There is no token to be had at the moment. Trying again…", SOON);
      player.evaluate("window.works = true");
      player.awaitState("waiting", SOON);
    }
  }

  @ParameterizedTest
  @EnumSource
  void that_a_token_has_expired_is_said(AnyBrowser.Kind kind) {
    String page = Site.player(server(), "whep/room", "player.token = 'old';");
    try (TestSite site = new TestSite(page, 401, "The token has expired.");
        ElementTab player = open(kind, site)) {
      awaitFailure(player, "token-expired", "This token has expired. Ask for a new one.");
    }
  }

  /** Of that many names, and of pages. */
  @ParameterizedTest
  @CsvSource({
    "CHROMIUM, whep/a/b/c",
    "FIREFOX, whep/a/b/c",
    "CHROMIUM, watch?room=a",
    "FIREFOX, watch?room=a"
  })
  void that_there_is_nothing_of_that_name_is_said(AnyBrowser.Kind kind, String path) {
    URI nowhere = server().uri().resolve(path);
    try (TestSite site = new TestSite(Site.player(server(), nowhere, WITH_TOKEN));
        ElementTab player = open(kind, site)) {
      awaitFailure(player, "not-found", "There is nothing of that name here.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void that_an_address_is_none_of_a_stream_is_said(AnyBrowser.Kind kind) {
    try (TestSite site = new TestSite(Site.player(server(), "file:///etc/hosts", ""));
        ElementTab player = open(kind, site)) {
      awaitFailure(player, "no-address", "This is no address of a stream");
      player.evaluate(ElementTab.ELEMENT + ".token = 'secret'");
      player.evaluate(ElementTab.ELEMENT + ".src = '" + main() + "'");
      player.awaitState("waiting", SOON);
    }
  }

  @ParameterizedTest
  @EnumSource
  void that_a_server_does_not_answer_is_said_again_and_again(AnyBrowser.Kind kind) {
    URI away = URI.create("http://127.0.0.1:" + FreePort.find() + "/whep/room");
    try (TestSite site = new TestSite(Site.player(server(), away, ""));
        ElementTab player = open(kind, site)) {
      player.awaitWords("The server does not answer, or lets no page of this site in.", SOON);
      player.awaitState("reconnecting", SOON);
      assertThat(player.evaluate(ElementTab.ELEMENT + ".reason")).isEqualTo("unreachable");
    }
  }
}
