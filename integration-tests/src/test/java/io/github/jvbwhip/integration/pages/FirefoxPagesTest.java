package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.clients.FirefoxBrowser;
import io.github.jvbwhip.integration.clients.FirefoxPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages in Firefox, which has no camera here. */
@Requires(Tool.FIREFOX)
@Timeout(180)
class FirefoxPagesTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String PLAYER = "document.querySelector('whep-player')";

  /** The event streams of a page. */
  private static final String STREAMS =
      """
      window.streams = [];
      window.EventSource = class extends window.EventSource {
        constructor(...parameters) {
          super(...parameters);
          window.streams.push(this);
        }
      };
      """;

  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @RegisterExtension
  static final RunningServer CLOSED =
      new RunningServer(
          () ->
              EmbeddedServer.start(
                  Map.of(
                      "videobridge.whip.auth.tokens", List.of("secret"),
                      "videobridge.whep.auth.tokens", List.of("secret"))));

  private final String room = "room-" + UUID.randomUUID();
  private final RoomsApi rooms = new RoomsApi(server());
  private FirefoxBrowser firefox;

  @BeforeEach
  void start() {
    firefox = FirefoxBrowser.launch();
    firefox.beforePages(Browsing.script("states.js"));
  }

  @AfterEach
  void stop() {
    firefox.close();
  }

  private static URI server() {
    return SERVER.get().uri();
  }

  private FirefoxPage open(String page) {
    return FirefoxPage.open(firefox, server().resolve(page + "stream=main&room=" + room));
  }

  private static void awaitStates(FirefoxPage page, String... states) {
    String wanted = String.join(", ", states);
    page.await(wanted, "window.states.join(', ') === '" + wanted + "'", SOON);
  }

  @Test
  void both_pages_go_through_their_states_in_words() {
    FirefoxPage watcher = open("watch?");
    watcher.awaitState("waiting", SOON);
    watcher.awaitMessage("Nobody is on the air here yet. The picture comes by itself.", SOON);
    FirefoxPage publisher = open("publish?source=pattern&codec=VP8&");
    publisher.click(".live");
    awaitStates(publisher, "asking", "connecting", "live");
    // In front is the publisher's tab: Firefox shows nothing in others, and plays there.
    awaitStates(watcher, "connecting", "waiting empty", "playing");
    watcher.awaitMessage("", SOON);
    publisher.click(".live");
    awaitStates(publisher, "asking", "connecting", "live", "idle");
    watcher.awaitState("waiting", SOON);
    watcher.awaitMessage("The publisher has gone. The picture comes back by itself.", SOON);
    publisher.click(".preview");
    publisher.awaitState("preview", SOON);
    publisher.awaitMovingPicture(SOON);
    publisher.click(".live");
    publisher.awaitState("live", SOON);
    watcher.awaitState("playing", SOON);
    watcher.click(".stop");
    watcher.awaitState("idle", SOON);
    rooms.awaitViewers(room, 0, SOON);
    publisher.close();
    rooms.awaitNobody(room, SOON);
  }

  @Test
  void that_there_is_no_camera_is_said_in_words() {
    FirefoxPage publisher = open("publish?source=camera&");
    publisher.click(".live");
    awaitStates(publisher, "asking", "failed no-device");
    publisher.awaitMessage("There is no such camera or microphone.", SOON);
    assertThat(rooms.publishers(room)).isZero();
  }

  @Test
  void that_the_browser_does_not_play_what_is_sent_is_said_in_words() {
    try (TestPeer peer = TestPeer.open()) {
      peer.connect(SERVER.get().whip(room, "main"), OfferSpec.publisher(Codec.H265));
      peer.awaitConnected(SOON);
      peer.video(VideoSettings.defaults().withKeyframeInterval(30)).start();
      FirefoxPage watcher = open("watch?");
      watcher.awaitMessage("The picture is sent as H265, which this browser does not play.", SOON);
    }
  }

  @Test
  void who_lacks_a_token_is_told_and_goes_on_with_it() {
    URI server = CLOSED.get().uri();
    FirefoxPage watcher = FirefoxPage.open(firefox, server.resolve("watch?room=" + room));
    FirefoxPage publisher =
        FirefoxPage.open(firefox, server.resolve("publish?source=pattern&room=" + room));
    publisher.click(".live");
    for (FirefoxPage each : List.of(publisher, watcher)) {
      each.awaitMessage("A token is needed here.", SOON);
      each.await("the focus on the field", "document.activeElement.id === 'token'", SOON);
      each.fill("#token", "wrong");
      each.click(".play, .live");
      each.awaitMessage("This token is not valid here.", SOON);
      each.fill("#token", "secret");
      each.click(".play, .live");
    }
    publisher.awaitState("live", SOON);
    watcher.awaitState("playing", SOON);
  }

  @Test
  void an_element_that_a_script_puts_on_a_page_plays_and_ends_with_it() {
    FirefoxPage publisher = open("publish?source=pattern&codec=VP8&autostart=1&");
    publisher.awaitState("live", SOON);
    FirefoxPage list = FirefoxPage.open(firefox, server());
    list.await(
        "an element",
        "Boolean(document.body.prepend(Object.assign(document.createElement('whep-player'),"
            + " { src: 'whep/"
            + room
            + "/main', muted: true, controls: true, autoplay: true })) ?? true)",
        SOON);
    awaitStates(list, "connecting", "playing");
    list.awaitMovingPicture(SOON);
    rooms.awaitViewers(room, 1, SOON);
    list.await("viewers", PLAYER + ".viewers === 1 && " + PLAYER + ".layers.length === 1", SOON);
    list.evaluate("window.removed = " + PLAYER + ", removed.remove()");
    rooms.awaitViewers(room, 0, SOON);
    assertThat(list.evaluate("removed.state")).isEqualTo("idle");
  }

  /** Headless Chromium hides no tabs. */
  @Test
  void a_list_of_rooms_that_nobody_sees_has_no_event_stream() {
    firefox.beforePages(STREAMS);
    FirefoxPage list = FirefoxPage.open(firefox, server());
    list.await("a stream", "streams.at(-1).readyState === 1", SOON);
    FirefoxPage publisher = open("publish?source=pattern&codec=VP8&autostart=1&");
    list.await("nobody who looks", "document.hidden", SOON);
    list.await("no stream", "streams.every((each) => each.readyState === 2)", SOON);
    publisher.awaitState("live", SOON);
    assertThat(list.evaluate("String(streams.every((each) => each.readyState === 2))"))
        .isEqualTo("true");
    String tile = "document.querySelector(\"[data-room='" + room + "'] .tile\")";
    assertThat(list.evaluate("String(" + tile + ")")).isEqualTo("null");
    publisher.close();
    list.await("somebody who looks", "!document.hidden", SOON);
    list.await("a stream again", "streams.at(-1).readyState === 1", SOON);
  }
}
