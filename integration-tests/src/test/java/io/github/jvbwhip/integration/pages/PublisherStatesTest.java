package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of states in {@code publisher.js}: a test for each of its edges. */
class PublisherStatesTest extends PageTest {
  private static final String CAMERA = "&source=camera";
  private static final String PATTERN = "&source=pattern";
  private static final String TRACKS_ENDED =
      "() => window.tracks.length > 0 && window.tracks.every((t) => t.readyState === 'ended')";
  private static final String MEDIA_ENDS =
      "() => document.querySelector('whip-publisher').stream.getTracks()[0]"
          + ".dispatchEvent(new Event('ended'))";

  private static void awaitTracksEnded(Tab tab) {
    tab.await("tracks that have ended", TRACKS_ENDED, SOON);
  }

  /** Answers the question for the camera that has waited longest. */
  private static void answerPrompt(Tab tab) {
    tab.await("a question for the camera", "() => window.prompts.length > 0", SOON);
    tab.evaluate("() => window.prompts.shift()()");
  }

  @Test
  void asking_is_left_for_idle_by_stop_and_what_comes_late_is_seen_by_nobody() {
    Tab tab = publish(CAMERA, "window.asks = true");
    tab.click(".live");
    tab.awaitStates(SOON, "asking");
    assertThat(tab.locate(".live").textContent()).isEqualTo("Stop");
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "idle");
    answerPrompt(tab);
    awaitTracksEnded(tab);
    assertThat(tab.states()).containsExactly("asking", "idle");
    assertThat(tab.locate(".live").textContent()).isEqualTo("Go live");
    assertThat(tab.requests("POST", "/whip/")).isZero();
    assertThat(rooms().room(room)).isEmpty();
  }

  @Test
  void asking_is_left_for_preview_which_nobody_else_sees_and_that_for_idle_by_stop() {
    Tab tab = publish(CAMERA);
    tab.click(".preview");
    tab.awaitStates(SOON, "asking", "preview");
    tab.product().awaitMovingPicture(SOON);
    assertThat(tab.requests("POST", "/whip/")).isZero();
    tab.click(".preview");
    tab.awaitStates(SOON, "asking", "preview", "idle");
    awaitTracksEnded(tab);
  }

  @Test
  void preview_is_left_for_connecting_with_the_same_camera_and_live_for_idle_by_stop() {
    Tab tab = publish(CAMERA);
    tab.click(".preview");
    tab.awaitState("preview", SOON);
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "preview", "connecting", "live");
    assertThat(tab.evaluate("() => window.tracks.length")).isEqualTo(2);
    rooms().awaitPublishers(room, 1, SOON);
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "preview", "connecting", "live", "idle");
    awaitTracksEnded(tab);
    rooms().awaitNobody(room, SOON);
  }

  /** People double-click everything. */
  @Test
  void a_double_click_is_one() {
    Tab tab = publish(CAMERA);
    tab.locate(".live").dblclick();
    tab.awaitStates(SOON, "asking", "connecting", "live");
    rooms().awaitPublishers(room, 1, SOON);
    tab.locate(".live").dblclick();
    tab.awaitStates(SOON, "asking", "connecting", "live", "idle");
    rooms().awaitNobody(room, SOON);
    assertThat(tab.states()).containsExactly("asking", "connecting", "live", "idle");
  }

  @Test
  void a_double_click_on_preview_is_one_too() {
    Tab tab = publish(CAMERA);
    tab.locate(".preview").dblclick();
    tab.product().awaitMovingPicture(SOON);
    assertThat(tab.states()).containsExactly("asking", "preview");
  }

  @Test
  void preview_is_left_for_asking_when_another_source_is_chosen() {
    Tab tab = publish(CAMERA);
    tab.click(".preview");
    tab.awaitState("preview", SOON);
    tab.locate("select.source").selectOption("pattern");
    tab.awaitStates(SOON, "asking", "preview", "asking", "preview");
    awaitTracksEnded(tab);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NotAllowedError  | not-allowed | The browser was not allowed to use the camera, the microphone or the screen. Allow it beside the address of the page, and start again.
          NotFoundError    | no-device   | There is no such camera or microphone.
          NotReadableError | device-busy | The camera or the microphone is in use by another program.
          """)
  void asking_is_left_for_failed_in_words_and_failed_for_asking(
      String error, String reason, String words) {
    Tab tab = publish(CAMERA, "window.refusal = '" + error + "'");
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "failed " + reason);
    tab.awaitMessage(words, SOON);
    tab.evaluate("() => { window.refusal = null; }");
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "failed " + reason, "asking", "connecting", "live");
  }

  @Test
  void connecting_is_left_for_idle_by_stop_and_the_session_that_was_opened_is_deleted() {
    Tab tab = publish(CAMERA);
    HeldPosts held = new HeldPosts(tab);
    tab.click(".live");
    Route post = held.await(SOON);
    APIResponse opened = post.fetch();
    assertThat(opened.status()).isEqualTo(201);
    rooms().awaitPublishers(room, 1, SOON);
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "connecting", "idle");
    awaitTracksEnded(tab);
    post.fulfill(new Route.FulfillOptions().setResponse(opened));
    assertThat(tab.awaitResponse("DELETE", "/whip/", SOON).status()).isEqualTo(200);
    rooms().awaitNobody(room, SOON);
    assertThat(tab.states()).containsExactly("asking", "connecting", "idle");
  }

  @Test
  void connecting_is_left_for_idle_when_the_media_ends() {
    Tab tab = publish(CAMERA);
    HeldPosts held = new HeldPosts(tab);
    tab.click(".live");
    held.await(SOON);
    tab.evaluate(MEDIA_ENDS);
    tab.awaitStates(SOON, "asking", "connecting", "idle");
    awaitTracksEnded(tab);
  }

  @Test
  void connecting_is_left_for_failed_when_somebody_else_has_the_name() {
    // A page that is starved of time sends nothing, and gives way.
    try (TestPeer other = TestPeer.open()) {
      other.connect(SERVER.get().whip(room, "main"), OfferSpec.publisher(Codec.VP8));
      other.awaitConnected(SOON);
      other.audio().start();
      Tab tab = publish(PATTERN);
      tab.click(".live");
      tab.awaitStates(SOON, "asking", "connecting", "failed in-use");
      tab.awaitMessage(
          "Somebody else is live under this name. Choose another name, or ask them to stop.", SOON);
      assertThat(tab.requests("POST", "/whip/")).isEqualTo(1);
    }
  }

  @Test
  void connecting_is_left_for_reconnecting_and_that_for_live_with_the_same_camera() {
    Tab tab = publish(CAMERA);
    tab.refusePosts(503);
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "connecting", "reconnecting refused");
    tab.passPosts();
    tab.awaitStates(SOON, "asking", "connecting", "reconnecting refused", "live");
    assertThat(tab.evaluate("() => window.tracks.length")).isEqualTo(2);
  }

  @Test
  void reconnecting_is_left_for_failed_when_it_will_not_work() {
    Tab tab = publish(CAMERA);
    tab.refusePosts(503);
    tab.click(".live");
    tab.awaitState("reconnecting", SOON);
    tab.refusePosts(403);
    tab.awaitStates(SOON, "asking", "connecting", "reconnecting refused", "failed forbidden");
    awaitTracksEnded(tab);
  }

  @ParameterizedTest
  @CsvSource({"stop", "media"})
  void reconnecting_is_left_for_idle(String by) {
    Tab tab = publish(CAMERA);
    tab.refusePosts(503);
    tab.click(".live");
    tab.awaitState("reconnecting", SOON);
    if (by.equals("stop")) {
      tab.click(".live");
    } else {
      tab.evaluate(MEDIA_ENDS);
    }
    tab.awaitStates(SOON, "asking", "connecting", "reconnecting refused", "idle");
    awaitTracksEnded(tab);
  }

  @Test
  void live_is_left_for_reconnecting_when_the_server_has_ended_the_session() {
    Tab tab = publish(CAMERA);
    tab.click(".live");
    tab.awaitState("live", SOON);
    rooms().delete(tab.session(SOON));
    tab.awaitStates(SOON, "asking", "connecting", "live", "reconnecting gone", "live");
    assertThat(tab.evaluate("() => window.tracks.length")).isEqualTo(2);
    rooms().awaitPublishers(room, 1, SOON);
  }

  @ParameterizedTest
  @CsvSource({".preview, preview", ".live, live"})
  void preview_and_live_are_left_for_idle_when_the_media_ends(String button, String state) {
    Tab tab = publish(CAMERA);
    tab.click(button);
    tab.awaitState(state, SOON);
    tab.evaluate(MEDIA_ENDS);
    tab.awaitState("idle", SOON);
    awaitTracksEnded(tab);
    rooms().awaitNobody(room, SOON);
  }

  @Test
  void enter_in_a_field_while_live_opens_no_second_session() {
    Tab tab = live("");
    for (String field : new String[] {"#room", "#stream", "#token"}) {
      tab.locate(field).press("Enter");
    }
    tab.evaluate("() => document.querySelector('whip-publisher').start()");
    tab.click(".live");
    tab.awaitStates(SOON, "asking", "connecting", "live", "idle");
    assertThat(tab.requests("POST", "/whip/")).isEqualTo(1);
    rooms().awaitNobody(room, SOON);
  }

  @Test
  void start_while_asking_asks_no_second_time() {
    Tab tab = publish(CAMERA, "window.asks = true");
    tab.locate("#room").press("Enter");
    tab.awaitStates(SOON, "asking");
    tab.await("a question", "() => window.prompts.length === 1", SOON);
    tab.locate("#room").press("Enter");
    answerPrompt(tab);
    tab.awaitStates(SOON, "asking", "connecting", "live");
    assertThat(tab.evaluate("() => window.prompts.length")).isEqualTo(0);
    assertThat(tab.evaluate("() => window.tracks.length")).isEqualTo(2);
    assertThat(tab.requests("POST", "/whip/")).isEqualTo(1);
  }
}
