package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.PeerContract;
import io.github.jvbwhip.integration.clients.ChromiumBrowser;
import io.github.jvbwhip.integration.clients.ChromiumClient;
import io.github.jvbwhip.integration.clients.EventsPage;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage, packet by packet: who is shown, and that a player sees one stream all the time. */
abstract class StageContract extends PeerContract {
  private static final int ANNA = 0xa1;
  private static final int BEN = 0xb2;
  private static final int CARL = 0xc3;

  /** Keyframes on request only. */
  private static final int ON_REQUEST = 0;

  /** At 30 frames per second, every four seconds. */
  private static final int SELDOM = 120;

  private static final long VIDEO_SECOND = 90_000;

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void the_stage_follows_the_speaker_in_one_stream(Codec codec) {
    Speaker anna = publish("anna", ANNA, codec);
    Speaker ben = publish("ben", BEN, codec);
    anna.speak();
    TestPeer player = play(server().stage(room()), PeerOptions.defaults(), OfferSpec.player(codec));
    awaitShown(player, anna);
    anna.beQuiet();
    ben.speak();
    awaitShown(player, ben);
    ben.beQuiet();
    anna.speak();
    awaitShown(player, anna);

    assertOneStream(player);
    assertThat(video(player).marks()).containsExactly(ANNA, BEN, ANNA);
    assertThat(audio(player).marks()).containsExactly(ANNA, BEN, ANNA);
  }

  /** As OBS does: the old picture goes on until the new one begins. */
  @Test
  void the_picture_does_not_freeze_while_the_next_ones_keyframe_is_waited_for() {
    Speaker anna = publish("anna", ANNA, Codec.VP8);
    PeerOptions deaf = PeerOptions.defaults().ignoringKeyframeRequests();
    Speaker ben = Speaker.start(publish("ben", deaf, OfferSpec.publisher(Codec.VP8)), BEN, SELDOM);
    anna.speak();
    TestPeer player = playStage();
    awaitShown(player, anna);
    anna.beQuiet();
    ben.speak();
    awaitShown(player, ben);

    assertOneStream(player);
  }

  @Test
  void a_pinned_player_is_not_switched() {
    Speaker anna = publish("anna", ANNA, Codec.VP8);
    Speaker ben = publish("ben", BEN, Codec.VP8);
    anna.speak();
    TestPeer pinned =
        play(server().whep(room(), "anna"), PeerOptions.defaults(), OfferSpec.player(Codec.VP8));
    TestPeer stage = playStage();
    awaitShown(pinned, anna);
    awaitShown(stage, anna);
    anna.beQuiet();
    ben.speak();
    awaitShown(stage, ben);
    int before = video(pinned).packets();
    pinned.awaitVideoPackets(before + 60, SOON);

    assertOneStream(pinned);
    assertThat(video(pinned).marks()).containsExactly(ANNA);
    assertThat(audio(pinned).marks()).containsExactly(ANNA);
  }

  @Test
  void further_sections_show_the_others_in_order() {
    Speaker anna = publish("anna", ANNA, Codec.VP8);
    Speaker ben = publish("ben", BEN, Codec.VP8);
    Speaker carl = publish("carl", CARL, Codec.VP8);
    anna.speak();
    awaitShown(playStage(), anna); // Settled: nobody else is taken for the speaker.
    TestPeer player =
        play(server().stage(room()), PeerOptions.defaults(), sections("a0", "v0", "a1", "v1"));
    awaitSections(player, ANNA, ANNA, BEN, BEN);
    anna.beQuiet();
    ben.speak();
    awaitSections(player, ANNA, BEN, BEN, ANNA); // Sounds keep their sections.
    anna.leave();
    awaitSections(player, CARL, BEN, BEN, CARL);
    ben.leave();
    awaitSections(player, CARL, CARL);

    int second = section(player, 3).orElseThrow().packets();
    int first = section(player, 1).orElseThrow().packets();
    player.await(
        "more of carl", SOON, () -> section(player, 1).orElseThrow().packets() > first + 60);
    assertThat(section(player, 3).orElseThrow().packets()).isEqualTo(second);
    for (int section = 0; section < 4; section++) {
      assertContinuous(section(player, section).orElseThrow());
    }
    assertPictureGoesOn(section(player, 1).orElseThrow(), VIDEO_SECOND);
    // A Jitsi Videobridge may leave the second one out for a while, for lack of bandwidth.
    assertPictureGoesOn(section(player, 3).orElseThrow(), 3 * VIDEO_SECOND);
    assertThat(player.received().video()).hasSize(2);
    assertThat(carl.peer().isConnected()).isTrue();
  }

  @Test
  void a_player_stays_when_who_is_on_the_stage_leaves_and_comes_back_with_another_codec() {
    Speaker anna = publish("anna", ANNA, Codec.VP8);
    Speaker ben = publish("ben", BEN, Codec.VP8);
    ben.speak();
    TestPeer player =
        play(
            server().stage(room()),
            PeerOptions.defaults(),
            OfferSpec.player(Codec.VP8, Codec.H264));
    awaitShown(player, ben);
    ben.leave();
    awaitShown(player, anna);
    Speaker again = publish("ben", BEN, Codec.H264);
    again.speak();
    awaitShown(player, again);
    again.beQuiet();
    anna.speak();
    awaitShown(player, anna);

    assertOneStream(player);
    assertThat(video(player).payloadTypes()).containsExactlyInAnyOrder(96, 98);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "VP9", "H264"})
  @Requires(Tool.CHROMIUM)
  void chromium_shows_the_speaker_and_hears_who_it_is(String codec) {
    URI stage = server().stage(room());
    try (ChromiumBrowser browser = ChromiumBrowser.launch();
        ChromiumClient anna = publish(browser, "anna", codec, 1);
        ChromiumClient ben = publish(browser, "ben", codec, 2);
        ChromiumClient player = ChromiumClient.play(browser, server().uri(), stage);
        EventsPage events = EventsPage.play(browser, stage, codec, true)) {
      anna.speak(true);
      ben.speak(false);
      awaitPicture(player, 640);
      events.awaitEvent("speaker", "\"stream\":\"anna\"", SOON);
      anna.speak(false);
      ben.speak(true);
      awaitPicture(player, 320);
      events.awaitEvent("speaker", "\"stream\":\"ben\"", SOON);
      ben.speak(false);
      anna.speak(true);
      awaitPicture(player, 640);
      events.awaitEvent("speaker", "\"stream\":\"anna\"", SOON);
      assertThat(player.state()).isEqualTo("connected");
    }
  }

  private ChromiumClient publish(
      ChromiumBrowser browser, String stream, String codec, int scaleDown) {
    ChromiumClient client =
        ChromiumClient.publish(browser, server().uri(), server().whip(room(), stream), codec, 1);
    client.scaleDown(scaleDown);
    client.awaitConnected(SOON);
    return client;
  }

  private static void awaitPicture(ChromiumClient player, int width) {
    player.awaitWidth(width, SOON);
    player.awaitMovingPicture(SOON);
  }

  private Speaker publish(String stream, int mark, Codec codec) {
    return Speaker.start(
        publish(stream, PeerOptions.defaults(), OfferSpec.publisher(codec)), mark, ON_REQUEST);
  }

  private TestPeer playStage() {
    return play(server().stage(room()), PeerOptions.defaults(), OfferSpec.player(Codec.VP8));
  }

  private static OfferSpec sections(String... mids) {
    MediaSpec[] media = new MediaSpec[mids.length];
    for (int i = 0; i < mids.length; i++) {
      media[i] =
          (mids[i].startsWith("a")
                  ? MediaSpec.audio(Direction.RECVONLY)
                  : MediaSpec.video(Direction.RECVONLY, Codec.VP8))
              .withMid(mids[i]);
    }
    return OfferSpec.of(media);
  }

  /** Waits until picture and sound are this one's. */
  private static void awaitShown(TestPeer player, Speaker speaker) {
    player.await(
        "%x on the stage".formatted(speaker.mark()),
        SOON,
        () ->
            player.received().video().stream().anyMatch(s -> isShown(s, speaker.mark()))
                && player.received().audio().stream().anyMatch(s -> isShown(s, speaker.mark())));
  }

  /** Waits until the first m-sections show these. */
  private static void awaitSections(TestPeer player, int... marks) {
    player.await(
        "sections of " + Arrays.toString(marks),
        SOON,
        () -> {
          for (int i = 0; i < marks.length; i++) {
            int mark = marks[i];
            if (section(player, i).filter(s -> isShown(s, mark)).isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  /** For a second or so. */
  private static boolean isShown(StreamReport stream, int mark) {
    List<StreamReport.Run> runs = stream.runs();
    StreamReport.Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    return last != null && last.mark() == mark && last.packets() >= 50;
  }

  private static Optional<StreamReport> section(TestPeer player, int index) {
    List<Long> ssrcs = player.remoteDescription().media().get(index).ssrcs();
    return player.received().streams().stream()
        .filter(s -> ssrcs.contains(s.ssrc()) && s.payloadBytes() > 0)
        .findFirst();
  }

  private static StreamReport video(TestPeer player) {
    return onlyVideo(player);
  }

  private static StreamReport audio(TestPeer player) {
    assertThat(player.received().audio()).hasSize(1);
    return player.received().audio().get(0);
  }

  /** One SSRC, without a gap, each sender from a keyframe on, and never without a picture. */
  private static void assertOneStream(TestPeer player) {
    StreamReport video = video(player);
    assertContinuous(video);
    // Receivers number the frames of other codecs anew at a keyframe.
    assertThat(video.codec() == Codec.VP8 ? video.pictureIdGaps() : 0).as("%s", video).isZero();
    assertPictureGoesOn(video, 2 * VIDEO_SECOND);
    assertContinuous(audio(player));
  }

  /** Each sender from a keyframe on, and no longer without a picture than that. */
  private static void assertPictureGoesOn(StreamReport video, long limit) {
    assertThat(video.runs()).as("%s", video).allMatch(StreamReport.Run::keyframe);
    assertThat(video.longestStep()).as("%s", video).isLessThan(limit);
  }

  private static void assertContinuous(StreamReport stream) {
    assertThat(stream.missing()).as("%s", stream).isZero();
    assertThat(stream.timestampRegressions()).as("%s", stream).isZero();
    assertThat(stream.tl0Regressions()).as("%s", stream).isZero();
  }
}
