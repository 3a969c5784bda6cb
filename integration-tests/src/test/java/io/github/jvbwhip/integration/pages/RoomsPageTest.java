package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The list of rooms: what is on the air, and a look at it. */
class RoomsPageTest extends PageTest {
  private static final String PLAYER = "document.querySelector('.tile whep-player')";

  /** Smallest of three encodings. */
  private static final int LOWEST = 180;

  private Tab list() {
    Tab tab = BROWSING.open(server());
    tile(tab).waitFor();
    return tab;
  }

  private Locator tile(Tab tab) {
    return tab.locate("[data-room='" + room + "'] .tile").first();
  }

  private Tab simulcast() {
    Tab publisher = publish("&source=pattern&autostart=1&codec=VP8&simulcast=3");
    publisher.awaitState("live", SOON);
    return publisher;
  }

  private void awaitSmallMutedPicture(Tab tab) {
    tab.await("a picture", "() => " + PLAYER + "?.video.videoHeight === " + LOWEST, SOON);
    tab.product().awaitMovingPicture(SOON);
    assertThat(tab.evaluate("() => " + PLAYER + ".video.muted")).isEqualTo(true);
    rooms().awaitViewers(room, 1, SOON);
  }

  private void awaitNoPicture(Tab tab) {
    tab.await("no player", "() => " + PLAYER + " === null", SOON);
    rooms().awaitViewers(room, 0, SOON);
  }

  @Test
  void nothing_is_played_before_somebody_points_at_it_and_after_they_have_left() {
    simulcast();
    Tab tab = list();
    assertThat(tab.requests("POST", "/whep/")).isZero();
    assertThat(rooms().viewers(room)).isZero();
    tile(tab).hover();
    awaitSmallMutedPicture(tab);
    tab.locate("h1").hover();
    awaitNoPicture(tab);
    assertThat(tab.requests("DELETE", "/whep/sessions/")).isPositive();
  }

  @Test
  void who_has_no_mouse_taps_a_button() {
    simulcast();
    Tab tab =
        BROWSING.open(
            server(), new Browser.NewContextOptions().setHasTouch(true).setViewportSize(390, 844));
    Locator button = tile(tab).locator(".thumbnail > button");
    button.tap();
    awaitSmallMutedPicture(tab);
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("true");
    button.tap();
    awaitNoPicture(tab);
    assertThat(button.getAttribute("aria-pressed")).isEqualTo("false");
    tile(tab).locator(".thumbnail").tap();
    awaitSmallMutedPicture(tab);
    tile(tab).locator(".thumbnail").tap();
    awaitNoPicture(tab);
  }

  @Test
  void who_has_pressed_the_button_goes_on_looking_when_the_mouse_leaves() {
    simulcast();
    Tab tab = list();
    tile(tab).locator(".thumbnail > button").focus();
    tile(tab).hover();
    tab.page().keyboard().press("Enter");
    tab.locate("h1").hover();
    awaitSmallMutedPicture(tab);
    tab.page().keyboard().press("Enter");
    awaitNoPicture(tab);
  }

  @Test
  void a_look_goes_on_when_somebody_else_comes_and_goes() {
    simulcast();
    Tab tab = list();
    tile(tab).locator(".thumbnail > button").press("Enter");
    awaitSmallMutedPicture(tab);
    tab.evaluate("() => { window.before = " + PLAYER + "; }");
    try (TestPeer other = other("another")) {
      Locator tiles = tab.locate("[data-room='" + room + "'] .tile");
      tiles.nth(1).waitFor();
      other.hangUp();
    }
    tab.await("one of two", "() => document.querySelectorAll('.tile').length === 1", SOON);
    assertThat(tab.evaluate("() => window.before === " + PLAYER + " && before.state"))
        .isEqualTo("playing");
    assertThat(tab.requests("POST", "/whep/" + room)).isEqualTo(1);
  }

  private TestPeer other(String stream) {
    TestPeer peer = TestPeer.open();
    URI endpoint = SERVER.get().whip(room, stream);
    peer.connect(endpoint, OfferSpec.publisher(Codec.VP8));
    peer.awaitConnected(SOON);
    peer.audio().start();
    return peer;
  }

  @Test
  void rooms_are_searched_by_their_names_and_those_of_streams() {
    simulcast();
    try (TestPeer other = other("guitar")) {
      Tab tab = list();
      Locator streams = tab.locate(".tile a");
      tab.locate(".tile").nth(1).waitFor();
      tab.locate("#search").fill("GUIT");
      tab.await("one tile", "() => document.querySelectorAll('.tile').length === 1", SOON);
      assertThat(streams.textContent()).isEqualTo("guitar");
      tab.locate("#search").fill(room);
      tab.await("two tiles", "() => document.querySelectorAll('.tile').length === 2", SOON);
      tab.locate("#search").fill("nobody has this name");
      tab.product().awaitText("#message", "No room or stream has such a name.", SOON);
      assertThat(tab.locate(".tile").count()).isZero();
      other.hangUp();
    }
  }

  @Test
  void the_stream_on_the_stage_is_marked_and_links_lead_to_the_stage_and_to_streams() {
    simulcast();
    try (TestPeer other = other("guitar")) {
      Tab tab = list();
      String stage = rooms().room(room).orElseThrow().path("stage").asText();
      Locator marked = tab.locate(".tile:has(.stage-mark:not(:empty))");
      marked.waitFor();
      assertThat(marked.count()).isEqualTo(1);
      assertThat(marked.locator(".stage-mark").textContent()).isEqualTo("On stage");
      assertThat(marked.locator("a").textContent()).isEqualTo(stage);
      assertThat(marked.locator("a").getAttribute("href"))
          .isEqualTo("watch?room=" + room + "&stream=" + stage);
      assertThat(tab.locate("h2 a").getAttribute("href")).isEqualTo("watch?room=" + room);
      other.hangUp();
    }
  }
}
