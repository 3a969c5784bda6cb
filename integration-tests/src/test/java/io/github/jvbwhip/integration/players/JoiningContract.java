package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.FfmpegPublisher;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A player in Chromium begins, and changes, between the keyframes of publishers that make none on
 * request. It is compared with one that has watched all along, since a busy machine holds up both.
 */
abstract class JoiningContract {
  static final Duration SOON = Duration.ofSeconds(30);

  /** Whoever waited for a keyframe would see nothing for most of that. */
  private static final int INTERVAL_SECONDS = 8;

  private static final int FRAMES_PER_SECOND = 25;
  static final Duration AT_ONCE = Duration.ofSeconds(3);

  /** From a keyframe to who joins. */
  static final int FRAMES_BEFORE = 30;

  /** What may be on its way between two looks. */
  private static final int FRAMES_UNDER_WAY = 10;

  private static final int WATCHED_FRAMES = 100;
  private static final double MAX_FURTHER_DELAY_MILLIS = 50;

  /** Decoders of a busy machine falter at different times; who waits for keyframes has more. */
  private static final double MAX_FURTHER_FREEZE_SECONDS = 2;

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @Test
  @Requires({Tool.CHROMIUM, Tool.FFMPEG})
  void chromium_shows_ffmpegs_h264_before_the_next_keyframe(TestReporter reporter) {
    int interval = INTERVAL_SECONDS * FRAMES_PER_SECOND;
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient early = play(browser, server().whep("joining-h264", "main"));
        FfmpegPublisher publisher =
            FfmpegPublisher.publish(server().whip("joining-h264", "main"), interval)) {
      publisher.awaitFrames(FRAMES_BEFORE, SOON);
      ChromiumClient late = play(browser, server().whep("joining-h264", "main"));
      try (late) {
        reporter.publishEntry("first picture", "" + late.awaitFirstPicture(AT_ONCE));
        assertThat(publisher.frames()).isLessThan(interval);
        assertNewest(late, publisher.frames());
        assertPlaysAs(early, late, reporter);
      }
    }
  }

  /** All frames since the keyframe are through, so the picture is that of who has seen them all. */
  static void assertNewest(ChromiumClient late, int framesSinceKeyframe) {
    late.awaitFrames(framesSinceKeyframe - FRAMES_UNDER_WAY, AT_ONCE);
  }

  static void assertPlaysAs(ChromiumClient early, ChromiumClient late, TestReporter reporter) {
    Buffered earlyBefore = Buffered.of(early);
    Buffered lateBefore = Buffered.of(late);
    double frozenOfEarly = frozenSeconds(early);
    late.awaitFrames((int) lateBefore.frames() + WATCHED_FRAMES, SOON);
    double earlyDelay = Buffered.of(early).delayMillisSince(earlyBefore);
    double lateDelay = Buffered.of(late).delayMillisSince(lateBefore);
    reporter.publishEntry("delay of its buffer", lateDelay + " ms beside " + earlyDelay);
    assertThat(lateDelay).isLessThan(earlyDelay + MAX_FURTHER_DELAY_MILLIS);
    assertThat(frozenSeconds(late))
        .isLessThan(frozenSeconds(early) - frozenOfEarly + MAX_FURTHER_FREEZE_SECONDS);
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_changes_the_layer_without_a_freeze() {
    URI room = server().whip("joining-layers", "main");
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient publisher = publish(browser, room, 2, INTERVAL_SECONDS);
        ChromiumClient still = play(browser, server().whep("joining-layers", "main"));
        ChromiumClient player = play(browser, server().whep("joining-layers", "main"))) {
      publisher.awaitConnected(SOON);
      for (String rid : new String[] {"h", "m", "h"}) {
        int width = rid.equals("h") ? 640 : 320;
        still.awaitSelected("{\"rid\":\"h\"}", SOON);
        player.awaitSelected("{\"rid\":\"" + rid + "\"}", SOON);
        player.awaitWidth(width, SOON);
        player.awaitMovingPicture(SOON);
      }
      assertThat(frozenSeconds(player))
          .isLessThan(frozenSeconds(still) + MAX_FURTHER_FREEZE_SECONDS);
    }
  }

  @Test
  @Requires(Tool.CHROMIUM)
  void chromium_sees_another_take_the_stage_without_a_freeze() {
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient anna =
            publish(browser, server().whip("joining-stage", "anna"), 1, INTERVAL_SECONDS);
        ChromiumClient ben =
            publish(browser, server().whip("joining-stage", "ben"), 1, INTERVAL_SECONDS);
        ChromiumClient still = play(browser, server().whep("joining-stage", "anna"));
        ChromiumClient player = play(browser, server().stage("joining-stage"))) {
      ben.scaleDown(2);
      anna.speak(true);
      ben.speak(false);
      awaitPicture(player, 640);
      anna.speak(false);
      ben.speak(true);
      awaitPicture(player, 320);
      ben.speak(false);
      anna.speak(true);
      awaitPicture(player, 640);
      still.awaitMovingPicture(SOON);
      assertThat(frozenSeconds(player))
          .isLessThan(frozenSeconds(still) + MAX_FURTHER_FREEZE_SECONDS);
    }
  }

  private static void awaitPicture(ChromiumClient player, int width) {
    player.awaitWidth(width, SOON);
    player.awaitMovingPicture(SOON);
  }

  private static double frozenSeconds(ChromiumClient player) {
    return player.number("inbound-rtp", "video", "totalFreezesDuration");
  }

  ChromiumClient publish(ChromiumBrowser browser, URI endpoint, int encodings, int seconds) {
    return ChromiumClient.publishDeaf(browser, server().uri(), endpoint, "VP8", encodings, seconds);
  }

  ChromiumClient play(ChromiumBrowser browser, URI endpoint) {
    return ChromiumClient.play(browser, server().uri(), endpoint);
  }

  /** How many frames have left the jitter buffer, and how long all of them were in it. */
  private record Buffered(double frames, double seconds) {
    static Buffered of(ChromiumClient player) {
      return new Buffered(
          player.number("inbound-rtp", "video", "jitterBufferEmittedCount"),
          player.number("inbound-rtp", "video", "jitterBufferDelay"));
    }

    double delayMillisSince(Buffered before) {
      return 1000 * (seconds - before.seconds) / (frames - before.frames);
    }
  }
}
