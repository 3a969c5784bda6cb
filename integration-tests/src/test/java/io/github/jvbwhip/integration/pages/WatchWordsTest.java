package io.github.jvbwhip.integration.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /watch} says and shows where there is no picture. */
class WatchWordsTest extends PageTest {
  /**
   * A frame of the page is being loaded until the player waits or plays: the page itself is not
   * loaded before, however slow this machine is.
   */
  private static final String SLOW =
      """
      if (top === window) {
        addEventListener('DOMContentLoaded', () => {
          const frame = document.createElement('iframe');
          document.body.append(frame);
          frame.contentDocument.open();
          const watch = setInterval(() => {
            const { state } = document.querySelector('[data-state]')?.dataset ?? {};
            if (['waiting', 'playing'].includes(state)) {
              clearInterval(watch);
              window.loadedBefore = document.readyState === 'complete';
              frame.contentDocument.close();
            }
          }, 20);
        });
      }
      """;

  private static final String LOADED =
      "() => !window.loadedBefore && document.readyState === 'complete'";
  private static final String PICTURE =
      "() => document.querySelector('whep-player').video.videoWidth";

  private TestPeer publisher(OfferSpec offer) {
    TestPeer peer = TestPeer.open();
    peer.connect(SERVER.get().whip(room, "main"), offer);
    peer.awaitConnected(SOON);
    return peer;
  }

  @Test
  void the_page_of_an_empty_room_is_loaded_and_says_that_it_is_empty() {
    Tab tab = watch(SLOW);
    tab.awaitState("waiting", SOON);
    tab.awaitMessage("Nobody is on the air here yet. The picture comes by itself.", SOON);
    assertThat(tab.locate(".message").isVisible()).isTrue();
    tab.await("a page that is loaded", LOADED, SOON);
    assertThat(tab.evaluate(PICTURE)).isEqualTo(0);
  }

  @Test
  void the_page_of_a_stream_without_picture_is_loaded_and_its_sound_plays() {
    try (ChromiumClient publisher =
        ChromiumClient.publishTone(
            BROWSING.browser(), server(), SERVER.get().whip(room, "main"), "opus", 2, 0)) {
      publisher.awaitConnected(SOON);
      Tab tab = watch(SLOW);
      tab.awaitState("playing", SOON);
      tab.product().awaitToneIn(0, 2, SOON);
      tab.await("a page that is loaded", LOADED, SOON);
      tab.awaitMessage("", SOON);
      assertThat(tab.evaluate(PICTURE)).isEqualTo(0);
    }
  }

  /** Of what this publisher sends nothing can be decoded, as before the first keyframe. */
  @Test
  void the_page_of_a_stream_whose_picture_has_not_begun_is_loaded_and_says_so() {
    try (TestPeer peer = publisher(OfferSpec.publisher(Codec.VP8))) {
      peer.video(VideoSettings.defaults()).start();
      Tab tab = watch(SLOW);
      tab.awaitState("waiting", SOON);
      // What the server tells of the publisher may come after the page has waited long enough.
      for (int i = 0; i < 2 && tab.states().contains("waiting empty"); i++) {
        tab = watch(SLOW);
        tab.awaitState("waiting", SOON);
      }
      assertThat(tab.states()).containsExactly("connecting", "waiting quiet");
      tab.awaitMessage("Nothing comes from the publisher at the moment.", SOON);
      tab.await("a page that is loaded", LOADED, SOON);
      assertThat(tab.evaluate(PICTURE)).isEqualTo(0);
    }
  }

  @Test
  void a_picture_that_this_browser_does_not_play_is_told_in_words_where_there_is_nothing_else() {
    OfferSpec offer = OfferSpec.of(MediaSpec.video(MediaSpec.Direction.SENDONLY, Codec.H265));
    try (TestPeer peer = publisher(offer)) {
      peer.video(VideoSettings.defaults().withKeyframeInterval(30)).start();
      Tab tab = watch();
      tab.awaitMessage("The picture is sent as H265, which this browser does not play.", SOON);
      assertThat(tab.product().state()).isEqualTo("waiting");
      assertThat(tab.locate(".message").isVisible()).isTrue();
    }
  }

  @Test
  void a_picture_that_this_browser_does_not_play_is_told_in_words_beside_the_sound() {
    try (TestPeer peer = publisher(OfferSpec.publisher(Codec.H265))) {
      peer.video(VideoSettings.defaults().withKeyframeInterval(30)).start();
      peer.audio().start();
      Tab tab = watch();
      tab.awaitState("playing", SOON);
      tab.awaitMessage("The picture is sent as H265, which this browser does not play.", SOON);
    }
  }

  @Test
  void nobody_is_on_the_stage_when_its_only_publisher_has_left() {
    Tab publisher = live("");
    Tab tab = BROWSING.open(server().resolve("watch?room=" + room));
    tab.product().awaitText(".speaker", "On stage: main", SOON);
    publisher.click(".live");
    tab.awaitState("waiting", SOON);
    tab.product().awaitText(".speaker", "", SOON);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void numbers_of_a_session_that_is_over_do_not_stay(boolean byStop) {
    live("");
    Tab tab = watch();
    tab.awaitState("playing", SOON);
    tab.click(".toggle");
    tab.product().awaitText(".viewers", "1 watching", SOON);
    tab.await("layers", "() => document.querySelector('whep-player').layers.length > 0", SOON);
    tab.await("a latency", latency("!=="), SOON);
    tab.await("a bitrate", bitrate("!=="), SOON);
    tab.refusePosts(503);
    if (byStop) {
      tab.click(".stop");
      tab.awaitState("idle", SOON);
    } else {
      rooms().delete(tab.session(SOON));
      tab.awaitState("reconnecting", SOON);
    }
    assertThat(tab.locate(".viewers").textContent()).isEmpty();
    assertThat(tab.locate("select.layer").isDisabled()).isTrue();
    assertThat(tab.locate("select.layer option").allTextContents()).containsExactly("Automatic");
    assertThat(tab.evaluate(latency("==="))).isEqualTo(true);
    assertThat(tab.evaluate(bitrate("==="))).isEqualTo(true);
    assertThat(
            tab.evaluate("() => document.querySelector('whep-player').statistics.samples.length"))
        .isEqualTo(0);
  }

  private static String latency(String operator) {
    return "() => document.querySelector('whep-player').shadowRoot"
        + ".querySelector('.latency').textContent "
        + operator
        + " ''";
  }

  private static String bitrate(String operator) {
    return "() => [...document.querySelector('whep-player').shadowRoot.querySelectorAll('dt')]"
        + ".find((term) => term.textContent === 'Bitrate').nextSibling.textContent "
        + operator
        + " '–'";
  }
}
