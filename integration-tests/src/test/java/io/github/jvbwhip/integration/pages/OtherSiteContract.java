package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.clients.ElementTab;
import io.github.jvbwhip.integration.clients.TestSite;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A page of another origin publishes and watches on every bridge, and says what there is to say.
 */
abstract class OtherSiteContract extends OtherSitePage {
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
}
