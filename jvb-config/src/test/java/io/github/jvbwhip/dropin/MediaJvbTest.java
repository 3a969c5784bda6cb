package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.awaitContinuous;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.eventually;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static io.github.jvbwhip.dropin.Peers.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Media through a real bridge. */
@RequiresJvb
class MediaJvbTest {
  private static JvbProcess bridge;

  private String room;

  @BeforeAll
  static void startBridge() throws Exception {
    bridge =
        JvbProcess.start(
            JvbHome.orSkip(),
            Optional.of(JvbProcess.dropInJar()),
            JvbProcess.BOTH_ON + "videobridge {\n" + JvbProcess.BANDWIDTH_ENOUGH + "}\n");
  }

  @AfterAll
  static void stopBridge() {
    if (bridge != null) {
      bridge.close();
    }
  }

  @BeforeEach
  void newRoom() {
    room = Peers.newRoom();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "H265", "AV1"})
  void a_player_with_other_numbers_gets_everything(Codec codec) {
    try (TestPeer publisher = publisher("", OfferSpec.publisher(codec));
        TestPeer player = player("", otherNumbers(codec))) {
      publisher.audio().start();
      MediaSender video = publisher.video(VideoSettings.defaults().withKeyframeInterval(60));
      video.start();
      player.awaitVideoPackets(100, SOON);
      player.awaitAudioPackets(50, SOON);

      StreamReport seen = video(player);
      assertThat(seen.isContinuous()).as(seen.toString()).isTrue();
      assertThat(seen.codec()).isEqualTo(codec);
      assertThat(seen.payloadTypes()).containsExactly(120);
      assertThat(seen.ssrc()).isEqualTo(player.remoteDescription().media().get(1).ssrcs().get(0));
      assertThat(player.received().audio()).hasSize(1);
      assertThat(player.received().audio().get(0).payloadTypes()).containsExactly(109);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "H265", "AV1"})
  void a_late_player_has_a_keyframe_made_and_others_see_no_gap(Codec codec) {
    try (TestPeer publisher = publisher("", OfferSpec.publisher(codec));
        TestPeer early = player("", otherNumbers(codec))) {
      MediaSender video = publisher.video(VideoSettings.defaults());
      video.start();
      early.awaitVideoPackets(90, SOON);
      int before = video.encoding().keyframes();
      try (TestPeer late = player("", otherNumbers(codec))) {
        late.awaitKeyframes(1, SOON);
        late.awaitVideoPackets(60, SOON);
        assertThat(video.encoding().keyframes()).isGreaterThan(before);
        awaitContinuous(late);
        assertThat(video(late).payloadTypes()).containsExactly(120);
      }
      awaitContinuous(early);
    }
  }

  /** Picture ids are kept continuous for VP8 alone: others begin anew at a keyframe. */
  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP9", "H264", "H265", "AV1"})
  void a_player_sees_its_publisher_come_back_without_a_gap(Codec codec) {
    TestPeer first = publisher("", OfferSpec.publisher(codec));
    try (TestPeer player = player("", otherNumbers(codec))) {
      first.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(50, SOON);
      first.hangUp();
      first.close();
      int before = player.received().videoPackets();
      int keyframes = player.received().keyframes();
      try (TestPeer second = publisher("", OfferSpec.publisher(codec))) {
        second.video(VideoSettings.defaults()).start();
        player.await("more", SOON, () -> player.received().videoPackets() > before + 50);
        assertThat(video(player).timestampRegressions()).isZero();
        assertThat(video(player).missing()).isZero();
        assertThat(video(player).keyframes()).isGreaterThan(keyframes);
      }
    }
  }

  /** The bridge does not parse H265: what its keyframes say is the plugin's own finding. */
  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "H264", "H265"})
  void the_size_of_the_picture_is_known_from_its_keyframes(Codec codec) throws Exception {
    try (TestPeer publisher = publisher("", OfferSpec.publisher(codec));
        TestPeer player = player("", otherNumbers(codec));
        HeardEvents events = HeardEvents.of(player, "layers")) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(30, SOON);
      eventually(
          "the size",
          () -> events.data("layers").stream().anyMatch(d -> d.contains("\"width\":640")));
    }
  }

  @Test
  void obs_is_shown_to_a_browser() {
    try (TestPeer publisher = publisher("", OfferSpec.obs());
        TestPeer player = player("", otherNumbers(Codec.H264))) {
      publisher.audio().start();
      publisher.video(VideoSettings.defaults().withKeyframeInterval(30)).start();
      player.awaitVideoPackets(100, SOON);
      player.awaitAudioPackets(20, SOON);

      assertThat(video(player).payloadTypes()).containsExactly(120);
      awaitContinuous(player);
    }
  }

  @Test
  void the_largest_of_three_encodings_is_shown() {
    try (TestPeer publisher =
            publisher("", OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
        TestPeer player = player("", otherNumbers(Codec.VP8))) {
      publisher.video(new VideoSettings(1280, 720, 30, 1_000_000, 0)).start();
      player.await(
          "720p",
          SOON,
          () -> player.received().video().stream().anyMatch(s -> s.sizes().contains("1280x720")));

      StreamReport seen = video(player);
      assertThat(seen.isContinuous()).as(seen.toString()).isTrue();
    }
  }

  @Test
  void obs_with_three_layers_is_shown_whole() {
    try (TestPeer publisher = TestPeer.open(PeerOptions.defaults().ignoringKeyframeRequests());
        TestPeer player = player("", otherNumbers(Codec.H264))) {
      assertThat(
              publisher.connect(bridge.url("/whip/" + room), OfferSpec.obs("0", "1", "2")).status())
          .isEqualTo(201);
      publisher.awaitConnected(SOON);
      publisher.video(new VideoSettings(1280, 720, 30, 1_500_000, 30)).start();
      player.awaitVideoPackets(300, SOON);
      // A busy machine may lose some on the way in; OBS answers NACKs.
      player.await("all of it", SOON, () -> video(player).isContinuous());
    }
  }

  @Test
  void losses_towards_the_player_are_repaired_by_rtx() {
    try (TestPeer publisher = publisher("", OfferSpec.publisher(Codec.VP8));
        TestPeer player = player("", otherNumbers(Codec.VP8))) {
      player
          .transport()
          .setIncomingFilter(
              DatagramFilter.losing(RtpSelection.ofPayloadType(120, RtpSelection.everyNth(10))));
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(200, SOON);
      player.await("recovered", SOON, () -> video(player).recovered() >= 10);

      assertThat(player.received().rtxPackets()).isPositive();
    }
  }

  @Test
  void a_keyframe_request_reaches_the_publisher() throws Exception {
    try (TestPeer publisher = publisher("", OfferSpec.publisher(Codec.VP8));
        TestPeer player = player("", otherNumbers(Codec.VP8))) {
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(50, SOON);
      int before = player.received().keyframes();
      // The bridge passes on a few requests in ten seconds, and may have made some of its own.
      eventually(
          "a keyframe",
          () -> {
            player.feedback().pictureLoss(video(player).ssrc());
            return player.received().keyframes() > before;
          });
    }
  }

  private TestPeer publisher(String stream, OfferSpec offer) {
    return connected(bridge.url("/whip/" + room + stream), offer);
  }

  private TestPeer player(String stream, OfferSpec offer) {
    return connected(bridge.url("/whep/" + room + stream), offer);
  }
}
