package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ChosenLayers;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ProductPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.integration.clients.VideoSeen;
import io.github.jvbwhip.integration.clients.WebRtcPlayer;
import io.github.jvbwhip.integration.clients.WebRtcPublisher;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Players choose among the layers of simulcast, on every bridge (WHEP events document). */
abstract class LayersContract {
  static final Duration SOON = Duration.ofSeconds(20);

  /**
   * Browsers probe the bandwidth at once. Where that fails, since a busy machine has delayed a
   * packet, their estimate grows by some percent a second up to what the largest encoding needs.
   */
  private static final Duration LARGEST = Duration.ofSeconds(60);

  /** Far more than one keyframe interval and 200 ms, for machines that are busy. */
  private static final Duration SWITCH_LIMIT = Duration.ofSeconds(15);

  /** What each encoding shows, in the order in which they are chosen. */
  private static final Map<String, String> SIZES = new LinkedHashMap<>();

  static {
    SIZES.put("l", "320x180");
    SIZES.put("h", "1280x720");
    SIZES.put("m", "640x360");
  }

  /** So little that a bridge has no reason to leave out anything, even on a busy machine. */
  private static final int BITRATE = 300_000;

  private static final int STEADY_FRAMES = 20;

  private static final int PLAYERS = 8;

  /** Between requests for one encoding, whoever wants it. */
  private static final int SHORTEST_INTERVAL_MILLIS = 100;

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @Test
  @Requires(Tool.WEBRTC_JAVA)
  void libwebrtc_shows_each_layer_that_is_chosen() {
    UnaryOperator<String> asItIs = UnaryOperator.identity();
    try (WebRtcPublisher publisher =
            WebRtcPublisher.publish(server().whip("layers", "main"), 1280, 720, 3, asItIs, asItIs);
        WebRtcPlayer player = WebRtcPlayer.play(server().whep("layers", "main"))) {
      publisher.awaitConnected(SOON);
      Map<String, Integer> widths = new LinkedHashMap<>();
      widths.put("0", 320);
      widths.put("2", 1280);
      widths.put("1", 640);
      widths.forEach(
          (rid, width) -> {
            choose(player.reply(), "{\"rid\":\"" + rid + "\"}");
            player.awaitVideo(rid + " at " + width, LARGEST, steady(player.seen(), width));
          });
      choose(player.reply(), "{}");
      int frames = player.seen().frames();
      player.awaitVideo("more of any", SOON, seen -> seen.frames() > frames + 10);
    }
  }

  /**
   * That many frames in a row from now on. Publishers begin a larger encoding with some frames, and
   * go on when they have seen what the network takes; meanwhile a smaller one is shown.
   */
  private static Predicate<VideoSeen> steady(VideoSeen now, int width) {
    AtomicInteger other = new AtomicInteger(now.frames());
    return seen -> {
      if (seen.width() != width) {
        other.set(seen.frames());
      }
      return seen.frames() - other.get() >= STEADY_FRAMES;
    };
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void the_pages_show_each_layer_that_is_chosen() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ProductPage publisher =
            ProductPage.publish(browser, server().uri(), "layers-pages", "VP8", 3);
        ProductPage watcher = ProductPage.watch(browser, server().uri(), "layers-pages")) {
      publisher.awaitState("live", SOON);
      watcher.awaitMovingPicture(SOON);
      for (String rid : new String[] {"l", "m", "h", "l"}) {
        watcher.awaitLayer(rid, LARGEST, publisher);
        watcher.awaitMovingPicture(SOON);
      }
    }
  }

  /** The switch shows with the keyframe that is asked for at once. */
  @Test
  void a_switch_takes_a_keyframe_of_a_publisher_that_answers_pli(TestReporter reporter) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      publish(publisher, "switch");
      Reply reply = play(player, "switch");
      SIZES.forEach(
          (rid, size) -> {
            long begin = System.nanoTime();
            choose(reply, "{\"rid\":\"" + rid + "\"}");
            player.await(rid, SWITCH_LIMIT, () -> size(player).equals(size));
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            reporter.publishEntry("ms from the request to " + size, "" + taken.toMillis());
            int seen = player.received().frames();
            player.await("more of it", SOON, () -> player.received().frames() >= seen + 20);
            assertThat(size(player)).isEqualTo(size);
          });
      assertThat(ChosenLayers.select(reply, "{}").status()).isEqualTo(200);
      player.await("the largest again", SWITCH_LIMIT, () -> size(player).equals("1280x720"));
      assertThat(player.received().video()).hasSize(1);
      assertThat(player.received().video().get(0).isContinuous()).isTrue();
    }
  }

  /** Each encoding makes a keyframe for a request of its own, as RFC 4585 has it. */
  @Test
  void what_one_player_chooses_does_not_disturb_another() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open();
        TestPeer other = TestPeer.open()) {
      publish(publisher, "undisturbed");
      choose(play(player, "undisturbed"), "{\"rid\":\"h\"}");
      Reply reply = play(other, "undisturbed");
      int before = largeFrames(player);
      int framesBefore = player.received().frames();
      SIZES.forEach(
          (rid, size) -> {
            choose(reply, "{\"rid\":\"" + rid + "\"}");
            other.await(rid, SWITCH_LIMIT, () -> size(other).equals(size));
            int seen = player.received().frames();
            player.await(
                "more of the large one", SOON, () -> player.received().frames() > seen + 20);
          });
      assertThat(size(player)).isEqualTo("1280x720");
      // With a keyframe of all encodings a bridge may pass them all on, the largest last.
      assertThat(player.received().frames() - framesBefore - (largeFrames(player) - before))
          .as("smaller frames")
          .isLessThanOrEqualTo(2 * 2 * SIZES.size());
    }
  }

  @Test
  void many_players_do_not_multiply_the_requests_for_keyframes() {
    List<TestPeer> players = Stream.generate(TestPeer::open).limit(PLAYERS).toList();
    try (TestPeer publisher = TestPeer.open()) {
      MediaSender video = publish(publisher, "many");
      List<Reply> replies = players.stream().map(player -> play(player, "many")).toList();
      SIZES.forEach(
          (rid, size) -> {
            long ssrc = video.encoding(rid).encoding().ssrc();
            int before = publisher.rtcp().pictureLosses(ssrc);
            long begin = System.nanoTime();
            replies.forEach(reply -> choose(reply, "{\"rid\":\"" + rid + "\"}"));
            players.forEach(p -> p.await(rid, SWITCH_LIMIT, () -> size(p).equals(size)));
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            assertThat((long) publisher.rtcp().pictureLosses(ssrc) - before)
                .as("requests for %s within %d ms", rid, millis)
                // None, where a keyframe that was asked for before came just then.
                .isLessThanOrEqualTo(2 + millis / SHORTEST_INTERVAL_MILLIS);
          });
    } finally {
      players.forEach(TestPeer::close);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rid\":\"x\"}",
        "{\"spatialLayerId\":3}",
        "{\"rid\":\"h\",\"spatialLayerId\":1}",
        "{\"temporalLayerId\":2}",
        "{\"maxWidth\":100}",
        "{\"mediaId\":\"0\"}"
      })
  void a_wish_that_cannot_take_effect_is_refused(String wish) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      publish(publisher, "refused");
      Reply session = play(player, "refused");
      Reply reply = ChosenLayers.select(session, wish);
      assertThat(reply.status()).as(reply.body()).isEqualTo(422);
      assertThat(reply.body()).contains("layer-unavailable");
      int seen = player.received().frames();
      player.await("more of the same", SOON, () -> player.received().frames() >= seen + 20);
      player.await("the full size", SOON, () -> size(player).equals("1280x720"));
      publisher.hangUp();
    }
  }

  MediaSender publish(TestPeer publisher, String room) {
    OfferSpec offer = OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h");
    assertThat(publisher.connect(server().whip(room, "main"), offer).status()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    MediaSender video = publisher.video(new VideoSettings(1280, 720, 25, BITRATE, 0));
    video.start();
    return video;
  }

  /** Plays, and waits until the full size comes. */
  Reply play(TestPeer player, String room) {
    Reply reply = player.connect(server().whep(room, "main"), OfferSpec.player(Codec.VP8));
    player.await("the full size", SOON, () -> size(player).equals("1280x720"));
    int seen = player.received().frames();
    player.await("more of it", SOON, () -> player.received().frames() >= seen + 20);
    return reply;
  }

  private static int largeFrames(TestPeer player) {
    return player.received().video().get(0).framesBySize().getOrDefault("1280x720", 0);
  }

  private static String size(TestPeer player) {
    return player.received().video().stream()
        .map(stream -> stream.lastSize())
        .findFirst()
        .orElse("");
  }

  private static void choose(Reply session, String layer) {
    ChosenLayers.choose(session, layer, LARGEST);
  }
}
