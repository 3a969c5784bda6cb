package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.net.URI;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an element on a page of another origin says where the bridge has no part in it. */
class OtherSiteWordsTest extends OtherSitePage {
  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> EmbeddedServer.start(SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
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

  private static void tryAgain(ElementTab player) {
    assertThat(player.evaluate(ElementTab.ELEMENT + ".shadowRoot.querySelector('.play').innerText"))
        .isEqualTo("Try again");
    player.click(".play");
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
