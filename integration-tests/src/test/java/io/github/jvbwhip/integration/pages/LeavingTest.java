package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.github.jvbwhip.testpeer.network.Conditions;
import io.github.jvbwhip.testpeer.network.Network;
import io.github.jvbwhip.testpeer.network.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are left, reloaded, and gone back to. */
class LeavingTest extends PageTest {
  /** Whether the page was kept, instead of loaded anew, when it was gone back to. */
  private static final String KEPT =
      "addEventListener('pageshow', ({ persisted }) => { window.kept = persisted; });";

  private static final String WITHOUT_DELETE =
      """
      const real = window.fetch;
      window.fetch = (url, options) =>
        options?.method === 'DELETE' ? Promise.reject(new TypeError('lost')) : real(url, options);
      """;

  private static void leave(Tab tab) {
    tab.page().navigate(server().resolve("assets/icon.svg").toString());
  }

  private static void goBack(Tab tab) {
    tab.evaluate("() => history.back()");
    tab.page().waitForFunction("() => window.kept === true");
  }

  @Test
  void a_page_that_is_left_ends_its_sessions_at_once() {
    Tab publisher = live("");
    Tab watcher = watch();
    watcher.awaitState("playing", SOON);
    leave(watcher);
    rooms().awaitViewers(room, 0, SOON);
    leave(publisher);
    rooms().awaitNobody(room, SOON);
  }

  /** As after a crash: the server hears of no end. */
  @Test
  void a_publisher_that_is_reloaded_takes_its_own_place() {
    try (Network network = Network.open(1);
        Relay relay = network.relay()) {
      Tab tab = publish("&source=pattern", WITHOUT_DELETE);
      tab.page().route("**/whip/**", route -> passBy(relay, route));
      tab.click(".live");
      tab.awaitState("live", SOON);
      String first = tab.session(SOON).toString();
      tab.page().unroute("**/whip/**");
      relay.set(Conditions.silence());
      tab.page().reload();
      assertThat(rooms().publishers(room)).isEqualTo(1);
      Response second = tab.page().waitForResponse(Tab::isOpening, () -> tab.click(".live"));
      assertThat(second.status()).isEqualTo(201);
      assertThat(second.request().headerValue("link")).contains(first);
      tab.awaitStates(SOON, "asking", "connecting", "live");
      assertThat(rooms().publishers(room)).isEqualTo(1);
    }
  }

  /** Makes the relay the only way. */
  private static void passBy(Relay relay, Route route) {
    if (Tab.isPost(route)) {
      String offer = relay.offer(route.request().postData());
      APIResponse response = route.fetch(new Route.FetchOptions().setPostData(offer));
      route.fulfill(
          new Route.FulfillOptions().setResponse(response).setBody(relay.answer(response.text())));
    } else if (route.request().method().equals("PATCH")) {
      route.abort(); // Its candidates would be another way.
    } else {
      route.resume();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch?room=%s", "embed/%s?muted&autoplay&controls"})
  void a_player_that_is_gone_back_to_plays_again(String page) {
    live("");
    Tab tab = BROWSING.open(server().resolve(page.formatted(room)), KEPT);
    tab.awaitState("playing", SOON);
    leave(tab);
    rooms().awaitViewers(room, 0, SOON);
    goBack(tab);
    tab.awaitStates(SOON, "connecting", "playing", "idle", "connecting", "playing");
    tab.product().awaitMovingPicture(SOON);
    rooms().awaitViewers(room, 1, SOON);
  }

  @Test
  void a_player_that_was_stopped_and_is_gone_back_to_stays_so() {
    Tab tab = BROWSING.open(server().resolve("embed/" + room + "?autoplay&controls"), KEPT);
    tab.awaitState("waiting", SOON);
    tab.click(".stop");
    leave(tab);
    goBack(tab);
    assertThat(tab.states()).containsExactly("connecting", "waiting empty", "idle");
    tab.click(".play");
    tab.awaitState("waiting", SOON);
  }

  @Test
  void a_publisher_that_is_gone_back_to_is_off_the_air_and_can_go_live_again() {
    Tab tab = publish("&source=camera", KEPT);
    tab.click(".live");
    tab.awaitState("live", SOON);
    leave(tab);
    rooms().awaitNobody(room, SOON);
    goBack(tab);
    tab.awaitStates(SOON, "asking", "connecting", "live", "idle");
    tab.click(".live");
    tab.awaitState("live", SOON);
    rooms().awaitPublishers(room, 1, SOON);
  }

  @Test
  void a_publisher_that_is_taken_from_the_page_ends_session_and_capture() {
    Tab tab = publish("&source=camera");
    tab.click(".live");
    tab.awaitState("live", SOON);
    tab.evaluate("() => document.querySelector('whip-publisher').remove()");
    rooms().awaitNobody(room, SOON);
    assertThat(tab.evaluate("() => window.tracks.map((track) => track.readyState).join()"))
        .isEqualTo("ended,ended");
  }
}
