package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.EventsPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.EncodingSender;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code /whep/{room}}: one picture and one sound at a time, the active speaker's. */
abstract class StageContract {
  static final Duration SOON = Duration.ofSeconds(20);

  private static final int LOUD = 10;
  private static final int QUIET = 70;

  /** As long as a syllable: what is loud all the time is noise to a bridge, and no speech. */
  private static final int SYLLABLE_FRAMES = 6;

  private static final String SMALL = "320x180";
  private static final String LARGE = "640x360";

  private String room;

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room = info.getTestMethod().orElseThrow().getName();
  }

  /** A publisher that says how loud it is. */
  private final class Speaker implements AutoCloseable {
    private final TestPeer peer = TestPeer.open();
    private final EncodingSender sound;

    Speaker(String stream, int width, int height) {
      OfferSpec offer = OfferSpec.publisher(Codec.VP8);
      assertThat(peer.connect(server().whip(room, stream), offer).status()).isEqualTo(201);
      peer.awaitConnected(SOON);
      peer.video(new VideoSettings(width, height, 25, 400_000, 0)).start();
      MediaSender audio = peer.audio();
      sound = audio.encoding();
      speak(false);
      audio.start();
    }

    void speak(boolean loud) {
      sound.setAudioLevels(frame -> loud && frame / SYLLABLE_FRAMES % 2 == 0 ? LOUD : QUIET);
    }

    @Override
    public void close() {
      peer.hangUp();
      peer.close();
    }
  }

  @Test
  void itFollowsTheActiveSpeakerWithoutAGapAndThePinnedStreamDoesNot() {
    try (Speaker small = new Speaker("small", 320, 180);
        Speaker large = new Speaker("large", 640, 360);
        TestPeer player = play(stage());
        TestPeer pinned = play(server().whep(room, "small"))) {
      for (int i = 0; i < 2; i++) {
        small.speak(true);
        large.speak(false);
        awaitPicture(player, SMALL);
        small.speak(false);
        large.speak(true);
        awaitPicture(player, LARGE);
      }
      player.awaitAudioPackets(player.received().audioPackets() + 20, SOON);

      assertThat(player.received().video()).hasSize(1);
      assertThat(video(player).isContinuous()).as("%s", video(player)).isTrue();
      assertThat(player.received().audio()).hasSize(1);
      StreamReport audio = player.received().audio().get(0);
      assertThat(audio.missing()).as("%s", audio).isZero();
      assertThat(audio.timestampRegressions()).as("%s", audio).isZero();
      assertThat(video(pinned).sizes()).containsExactly(SMALL);
      assertThat(video(pinned).isContinuous()).as("%s", video(pinned)).isTrue();
    }
  }

  @Test
  void aPlayerWithTwoOfEachGetsTheSpeakerFirstAndTheNextOnesAfterIt() {
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.audio(Direction.RECVONLY).withMid("a0"),
            MediaSpec.video(Direction.RECVONLY, Codec.VP8).withMid("v0"),
            MediaSpec.audio(Direction.RECVONLY).withMid("a1"),
            MediaSpec.video(Direction.RECVONLY, Codec.VP8).withMid("v1"));
    try (Speaker small = new Speaker("small", 320, 180);
        TestPeer player = TestPeer.open()) {
      small.speak(true);
      Speaker large = new Speaker("large", 640, 360);
      try (large) {
        assertThat(player.connect(stage(), offer).status()).isEqualTo(201);
        awaitSections(player, SMALL, LARGE);
        small.speak(false);
        large.speak(true);
        awaitSections(player, LARGE, SMALL);
      }
      awaitSections(player, SMALL, SMALL); // the second one stands still
      int first = section(player, 1).packets();
      int second = section(player, 3).packets();
      player.await("more of the first", SOON, () -> section(player, 1).packets() > first + 50);
      assertThat(section(player, 3).packets()).isEqualTo(second);
      assertThat(section(player, 1).isContinuous()).as("%s", section(player, 1)).isTrue();
      assertThat(section(player, 3).isContinuous()).as("%s", section(player, 3)).isTrue();
      assertThat(player.received().audio()).hasSize(2);
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromiumShowsAndIsToldWhoSpeaks() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient small = publish(browser, "small");
        ChromiumClient large = publish(browser, "large");
        ChromiumClient player = ChromiumClient.play(browser, server().uri(), stage());
        EventsPage events = EventsPage.play(browser, stage(), "VP8", true)) {
      small.scaleDown(2);
      for (int i = 0; i < 2; i++) {
        small.speak(true);
        large.speak(false);
        player.awaitWidth(320, SOON);
        player.awaitMovingPicture(SOON);
        events.awaitEvent("speaker", "\"stream\":\"small\"", SOON);
        small.speak(false);
        large.speak(true);
        player.awaitWidth(640, SOON);
        player.awaitMovingPicture(SOON);
        events.awaitEvent("speaker", "\"stream\":\"large\"", SOON);
      }
      assertThat(player.state()).isEqualTo("connected");
    }
  }

  private URI stage() {
    return server().uri().resolve("whep/" + room);
  }

  private ChromiumClient publish(ChromiumBrowser browser, String stream) {
    URI endpoint = server().whip(room, stream);
    return ChromiumClient.publish(browser, server().uri(), endpoint, "VP8", 1);
  }

  private static TestPeer play(URI endpoint) {
    TestPeer player = TestPeer.open();
    assertThat(player.connect(endpoint, OfferSpec.player(Codec.VP8)).status()).isEqualTo(201);
    return player;
  }

  /** This size now, and a second of it. */
  private static void awaitPicture(TestPeer player, String size) {
    player.await(
        "a picture of " + size,
        SOON,
        () -> !player.received().video().isEmpty() && video(player).lastSize().equals(size));
    int seen = video(player).frames();
    player.await("more of it", SOON, () -> video(player).frames() >= seen + 25);
    assertThat(video(player).lastSize()).isEqualTo(size);
  }

  private static StreamReport video(TestPeer player) {
    return player.received().video().get(0);
  }

  private static void awaitSections(TestPeer player, String first, String second) {
    player.await(
        first + " and " + second,
        SOON,
        () -> sizes(player, 1).equals(first) && sizes(player, 3).equals(second));
  }

  private static String sizes(TestPeer player, int section) {
    return streams(player, section).stream().map(StreamReport::lastSize).findFirst().orElse("");
  }

  private static StreamReport section(TestPeer player, int section) {
    return streams(player, section).get(0);
  }

  private static List<StreamReport> streams(TestPeer player, int section) {
    List<Long> declared = player.remoteDescription().media().get(section).ssrcs();
    return player.received().video().stream()
        .filter(stream -> declared.contains(stream.ssrc()))
        .toList();
  }
}
