package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of states in {@code player.js}: a test for each of its edges. */
class PlayerStatesTest extends PageTest {
  private static final String PLAYER = "document.querySelector('whep-player')";

  private static final String DISCONNECTED_WHEN_SAID =
      "{ const { prototype } = RTCPeerConnection;"
          + " const { get } = Object.getOwnPropertyDescriptor(prototype, 'connectionState');"
          + " Object.defineProperty(prototype, 'connectionState', { get() {"
          + " return window.disconnected ? 'disconnected' : get.call(this); } }); }";

  private static final String SEND_NOTHING =
      """
      () => {
        window.senders = client.connection.getSenders().map((sender) => [sender, sender.track]);
        senders.forEach(([sender]) => sender.replaceTrack(null));
      }
      """;
  private static final String SEND_AGAIN =
      "() => senders.forEach(([sender, track]) => sender.replaceTrack(track))";

  /** A page does not hear of events with this name. */
  private static final String WITHOUT_EVENT =
      """
      window.EventSource = class extends window.EventSource {
        addEventListener(name, ...more) {
          if (name !== '%s') super.addEventListener(name, ...more);
        }
      };
      """;

  private Tab idle() {
    return BROWSING.open(server().resolve("watch?noautostart=1&stream=main&room=" + room));
  }

  @Test
  void idle_is_left_for_connecting_by_play_and_that_for_playing_when_media_comes() {
    live("");
    Tab tab = idle();
    assertThat(tab.locate(".play").textContent()).isEqualTo("Play");
    tab.click(".play");
    tab.awaitStates(SOON, "connecting", "playing");
    tab.product().awaitMovingPicture(SOON);
    rooms().awaitViewers(room, 1, SOON);
  }

  @Test
  void connecting_is_left_for_waiting_in_words_and_that_for_playing_when_a_publisher_comes() {
    Tab tab = watch();
    tab.awaitStates(SOON, "connecting", "waiting empty");
    tab.awaitMessage("Nobody is on the air here yet. The picture comes by itself.", SOON);
    live("");
    tab.awaitStates(SOON, "connecting", "waiting empty", "playing");
    tab.awaitMessage("", SOON);
  }

  @Test
  void playing_is_left_for_waiting_when_the_publisher_leaves_and_waiting_for_idle_by_stop() {
    Tab publisher = live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    publisher.click(".live");
    tab.awaitStates(SOON, "connecting", "playing", "waiting left");
    tab.awaitMessage("The publisher has gone. The picture comes back by itself.", SOON);
    tab.click(".stop");
    tab.awaitStates(SOON, "connecting", "playing", "waiting left", "idle");
    rooms().awaitNobody(room, SOON);
  }

  /** As when the event is lost, or comes late: "inactive" says it earlier. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inactive | quiet | Nothing comes from the publisher at the moment.
          none     | left  | The publisher has gone. The picture comes back by itself.
          """)
  void playing_is_left_for_waiting_when_nothing_comes_and_waiting_for_playing_when_it_does(
      String lost, String reason, String words) {
    try (ChromiumClient publisher =
        ChromiumClient.publish(
            BROWSING.browser(), server(), SERVER.get().whip(room, "main"), "VP8", 1)) {
      publisher.awaitConnected(SOON);
      Tab tab = watch(WITHOUT_EVENT.formatted(lost));
      tab.awaitState("playing", SOON);
      publisher.page().evaluate(SEND_NOTHING);
      tab.awaitStates(SOON, "connecting", "playing", "waiting " + reason);
      tab.awaitMessage(words, SOON);
      publisher.page().evaluate(SEND_AGAIN);
      tab.awaitStates(SOON, "connecting", "playing", "waiting " + reason, "playing");
    }
  }

  /** ICE may find it again by itself, before anybody has to connect anew. */
  @Test
  void waiting_is_left_for_playing_when_something_comes_over_a_path_that_is_being_repaired() {
    try (ChromiumClient publisher =
        ChromiumClient.publish(
            BROWSING.browser(), server(), SERVER.get().whip(room, "main"), "VP8", 1)) {
      publisher.awaitConnected(SOON);
      Tab tab = watch(DISCONNECTED_WHEN_SAID);
      tab.awaitState("playing", SOON);
      publisher.page().evaluate(SEND_NOTHING);
      tab.awaitState("waiting", SOON);
      tab.evaluate("() => { window.disconnected = true; }");
      publisher.page().evaluate(SEND_AGAIN);
      tab.awaitState("playing", SOON);
    }
  }

  @Test
  void connecting_is_left_for_reconnecting_and_that_for_playing_and_that_for_idle_by_stop() {
    live("");
    Tab tab = idle();
    tab.refusePosts(503);
    tab.click(".play");
    tab.awaitStates(SOON, "connecting", "reconnecting refused");
    tab.passPosts();
    tab.awaitStates(SOON, "connecting", "reconnecting refused", "playing");
    tab.click(".stop");
    tab.awaitStates(SOON, "connecting", "reconnecting refused", "playing", "idle");
    rooms().awaitViewers(room, 0, SOON);
  }

  @Test
  void reconnecting_is_left_for_waiting_where_nobody_is_on_the_air() {
    Tab tab = idle();
    tab.refusePosts(503);
    tab.click(".play");
    tab.awaitState("reconnecting", SOON);
    tab.passPosts();
    tab.awaitStates(SOON, "connecting", "reconnecting refused", "waiting empty");
  }

  @Test
  void reconnecting_is_left_for_idle_by_stop() {
    Tab tab = idle();
    tab.refusePosts(503);
    tab.click(".play");
    tab.awaitState("reconnecting", SOON);
    tab.click(".stop");
    tab.awaitStates(SOON, "connecting", "reconnecting refused", "idle");
  }

  @Test
  void reconnecting_is_left_for_failed_when_it_is_refused_for_good() {
    Tab tab = idle();
    tab.refusePosts(503);
    tab.click(".play");
    tab.awaitState("reconnecting", SOON);
    tab.refusePosts(403);
    tab.awaitStates(SOON, "connecting", "reconnecting refused", "failed forbidden");
  }

  @Test
  void connecting_is_left_for_failed_and_that_for_connecting_by_trying_again() {
    Tab tab = idle();
    tab.refusePosts(404);
    tab.click(".play");
    tab.awaitStates(SOON, "connecting", "failed not-found");
    assertThat(tab.locate(".play").textContent()).isEqualTo("Try again");
    assertThat(tab.locate(".stop").isVisible()).isFalse();
    tab.passPosts();
    tab.click(".play");
    tab.awaitStates(SOON, "connecting", "failed not-found", "connecting", "waiting empty");
  }

  @Test
  void connecting_is_left_for_idle_by_stop_and_the_session_that_was_opened_is_deleted() {
    live("");
    Tab tab = idle();
    HeldPosts held = new HeldPosts(tab);
    tab.click(".play");
    Route post = held.await(SOON);
    APIResponse opened = post.fetch();
    assertThat(opened.status()).isEqualTo(201);
    tab.click(".stop");
    tab.awaitStates(SOON, "connecting", "idle");
    post.fulfill(new Route.FulfillOptions().setResponse(opened));
    assertThat(tab.awaitResponse("DELETE", "/whep/", SOON).status()).isEqualTo(200);
    rooms().awaitViewers(room, 0, SOON);
    assertThat(tab.states()).containsExactly("connecting", "idle");
  }

  @Test
  void waiting_and_playing_are_left_for_reconnecting_when_the_session_is_over() {
    Tab waiting = watch();
    waiting.awaitState("waiting", SOON);
    rooms().delete(waiting.session(SOON));
    waiting.awaitStates(SOON, "connecting", "waiting empty", "reconnecting gone", "waiting empty");
    live("");
    Tab playing = watch();
    playing.awaitState("playing", SOON);
    rooms().delete(playing.session(SOON));
    playing.awaitStates(SOON, "connecting", "playing", "reconnecting gone", "playing");
    playing.product().awaitMovingPicture(SOON);
    rooms().awaitViewers(room, 2, SOON);
  }

  @Test
  void play_while_playing_begins_anew_and_leaves_no_second_viewer() {
    live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    tab.locate("#room").press("Enter");
    tab.awaitStates(SOON, "connecting", "playing", "connecting", "playing");
    tab.locate("#room").press("Enter");
    tab.locate("#room").press("Enter");
    tab.awaitState("playing", SOON);
    tab.product().awaitMovingPicture(SOON);
    rooms().awaitViewers(room, 1, SOON);
  }

  @Test
  void another_src_while_playing_is_played_and_the_session_before_is_deleted() {
    live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    tab.evaluate("() => { " + PLAYER + ".src = 'whep/other-" + room + "'; }");
    rooms().awaitViewers("other-" + room, 1, SOON);
    rooms().awaitViewers(room, 0, SOON);
    tab.awaitStates(SOON, "connecting", "playing", "connecting", "waiting empty");
    assertThat(tab.evaluate("() => " + PLAYER + ".video.srcObject")).isNull();
    tab.evaluate("() => { " + PLAYER + ".src = ''; }");
    tab.awaitState("failed", SOON);
    tab.awaitMessage(
        "This is no address of a stream: the player needs a WHEP URL as its src.", SOON);
    rooms().awaitNobody("other-" + room, SOON);
  }

  @Test
  void another_src_while_idle_is_not_played_by_itself() {
    Tab tab = idle();
    tab.evaluate("() => { " + PLAYER + ".src = 'whep/other-" + room + "'; }");
    tab.click(".play");
    tab.awaitStates(SOON, "connecting", "waiting empty");
    assertThat(rooms().viewers("other-" + room)).isEqualTo(1);
  }

  @Test
  void a_player_that_is_taken_from_the_page_ends_its_session() {
    live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    rooms().awaitViewers(room, 1, SOON);
    tab.evaluate("() => { window.removed = " + PLAYER + "; removed.remove(); }");
    rooms().awaitViewers(room, 0, SOON);
    assertThat(tab.evaluate("() => removed.state")).isEqualTo("idle");
    tab.evaluate("() => document.body.append(removed)");
    assertThat(tab.locate(".play").isVisible()).isTrue();
  }
}
