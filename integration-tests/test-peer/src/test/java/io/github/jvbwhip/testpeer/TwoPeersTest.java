package io.github.jvbwhip.testpeer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dtls.SrtpProfile;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.Extensions;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two peers talk to each other directly, over real ICE, DTLS and SRTP. */
class TwoPeersTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** The first byte of the last flight of a handshake. */
  private static final int CHANGE_CIPHER_SPEC = 20;

  @AfterEach
  void noThreadOfAPeerIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("test-peer"));
  }

  private static void connect(TestPeer publisher, TestPeer player, OfferSpec offer) {
    publisher.acceptAnswer(player.answer(publisher.offer(offer)));
    publisher.awaitConnected(SOON);
    player.awaitConnected(SOON);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"VP8", "VP9", "H264", "AV1"})
  void audio_and_video_arrive_in_order_and_complete(Codec codec) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(codec));
      publisher.audio().start();
      MediaSender video = publisher.video(VideoSettings.defaults().withKeyframeInterval(10));
      video.start();
      player.awaitVideoPackets(60, SOON);
      player.awaitAudioPackets(20, SOON);
      player.awaitKeyframes(2, SOON);

      StreamReport seen = player.received().video().get(0);
      assertThat(seen.ssrc()).isEqualTo(video.encoding().encoding().ssrc());
      assertThat(seen.codec()).isEqualTo(codec);
      assertThat(seen.isContinuous()).isTrue();
      assertThat(seen.payloadTypes()).containsExactly(96);
      assertThat(seen.extensionIds()).contains(2, 3, 4);
      assertThat(seen.duplicates()).isZero();
      if (codec == Codec.VP8) {
        assertThat(seen.sizes()).containsExactly("640x360");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void every_srtp_profile_works(SrtpProfile profile) {
    PeerOptions options = PeerOptions.defaults().withSrtpProfiles(profile);
    try (TestPeer publisher = TestPeer.open(options);
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      assertThat(player.transport().srtpProfile()).isEqualTo(profile);
      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(10, SOON);
      publisher.await("report", SOON, () -> publisher.rtcp().count(RtcpPacket.class) > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "passive", "actpass"})
  void both_dtls_roles_work(String setup) {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8).withSetup(setup));
    }
  }

  @Test
  void what_comes_before_the_handshake_is_done_is_not_lost() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      AtomicBoolean heldUp = new AtomicBoolean(true);
      player.transport().setIncomingFilter(data -> data[0] != CHANGE_CIPHER_SPEC || !heldUp.get());
      publisher.acceptAnswer(
          player.answer(publisher.offer(OfferSpec.publisher(Codec.VP8).withSetup("passive"))));
      publisher.awaitConnected(SOON);
      MediaSender video = publisher.video(VideoSettings.defaults().withKeyframeInterval(3000));
      video.start();
      publisher.await("some frames", SOON, () -> video.frames() >= 5);
      assertThat(player.isConnected()).isFalse();
      heldUp.set(false);
      player.awaitConnected(SOON);
      player.awaitKeyframes(1, SOON);
      assertThat(player.received().video().get(0).isContinuous()).isTrue();
    }
  }

  @Test
  void loopback_alone_is_enough() {
    PeerOptions loopback = PeerOptions.defaults().withAddress(LocalAddresses.loopback());
    try (TestPeer publisher = TestPeer.open(loopback);
        TestPeer player = TestPeer.open(loopback)) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      assertThat(publisher.transport().localAddress().getAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void an_offer_without_candidates_is_found_by_its_checks() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.obs());
    }
  }

  @Test
  void simulcast_arrives_with_rids_and_sizes() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.simulcastPublisher(Codec.VP8, "l", "m", "h"));
      publisher.video(new VideoSettings(1280, 720, 30, 1_000_000, 0)).start();
      player.await(
          "3 encodings",
          SOON,
          () ->
              player.received().video().stream().filter(stream -> !stream.sizes().isEmpty()).count()
                  == 3);

      ReceptionReport seen = player.received();
      assertThat(seen.ofRid("l").orElseThrow().sizes()).containsExactly("320x180");
      assertThat(seen.ofRid("m").orElseThrow().sizes()).containsExactly("640x360");
      assertThat(seen.ofRid("h").orElseThrow().sizes()).containsExactly("1280x720");
    }
  }

  @Test
  void lost_packets_are_recovered_by_rtx() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      player
          .transport()
          .setIncomingFilter(
              DatagramFilter.losing(RtpSelection.ofPayloadType(96, RtpSelection.everyNth(10))));
      publisher.video(VideoSettings.defaults()).start();
      player.await(
          "recovery",
          SOON,
          () ->
              player.received().video().stream()
                  .anyMatch(stream -> stream.recovered() >= 5 && stream.packets() > 60));

      assertThat(player.received().rtxPackets()).isGreaterThanOrEqualTo(5);
      assertThat(publisher.rtcp().count(RtcpPacket.Nack.class)).isPositive();
    }
  }

  @Test
  void without_rtx_lost_packets_are_repeated_plainly() {
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.video(Direction.SENDONLY, Codec.VP8)
                .withCodecs(CodecSpec.video(Codec.VP8, 100).withoutRtx())
                .withExtensions(Map.of(5, Extensions.MID)));
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, offer);
      MediaSender video = publisher.video(VideoSettings.defaults());
      int lost = video.encoding().nextSequenceNumber() + 5 & 0xffff;
      publisher
          .transport()
          .setOutgoingFilter(DatagramFilter.losing(RtpSelection.onceEach(java.util.Set.of(lost))));
      video.start();
      player.await(
          "recovery",
          SOON,
          () -> player.received().video().stream().anyMatch(s -> s.recovered() == 1));

      assertThat(player.received().rtxPackets()).isZero();
      assertThat(player.received().video().get(0).payloadTypes()).containsExactly(100);
      assertThat(player.received().video().get(0).extensionIds()).containsExactly(5);
    }
  }

  @Test
  void keyframes_come_on_request_only() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      MediaSender video = publisher.video(VideoSettings.defaults());
      video.start();
      player.awaitVideoPackets(40, SOON);
      assertThat(player.received().keyframes()).isEqualTo(1);

      long ssrc = video.encoding().encoding().ssrc();
      player.feedback().pictureLoss(ssrc);
      player.awaitKeyframes(2, SOON);
      player.feedback().fullIntraRequest(ssrc);
      player.awaitKeyframes(3, SOON);
      assertThat(publisher.rtcp().pictureLosses(ssrc)).isEqualTo(1);
      assertThat(publisher.rtcp().keyframeRequests()).isEqualTo(2);
    }
  }

  @Test
  void feedback_and_reports_are_understood() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      MediaSender video = publisher.video(VideoSettings.defaults());
      long ssrc = video.encoding().encoding().ssrc();
      player.feedback().remb(1_234_567, List.of(ssrc));
      player.feedback().transportFeedback(ssrc, 7, 1_000, 2_000, -1, 90_000);
      video.start();
      publisher.await(
          "feedback", SOON, () -> publisher.rtcp().count(RtcpPacket.TransportFeedback.class) > 0);
      player.await(
          "sender report", SOON, () -> player.rtcp().count(RtcpPacket.SenderReport.class) > 0);
      publisher.await(
          "receiver report with a block",
          SOON,
          () ->
              publisher.rtcp().all(RtcpPacket.ReceiverReport.class).stream()
                  .anyMatch(report -> !report.blocks().isEmpty()));

      RtcpPacket.Remb remb = publisher.rtcp().all(RtcpPacket.Remb.class).get(0);
      assertThat(remb.bitrate()).isBetween(1_234_000L, 1_234_567L);
      assertThat(remb.mediaSsrcs()).containsExactly(ssrc);
      RtcpPacket.TransportFeedback feedback =
          publisher.rtcp().all(RtcpPacket.TransportFeedback.class).get(0);
      assertThat(feedback.baseSequence()).isEqualTo(7);
      assertThat(feedback.packetCount()).isEqualTo(4);
      assertThat(player.rtcp().all(RtcpPacket.SourceDescription.class).get(0).cname())
          .isEqualTo("test-peer");
    }
  }

  @Test
  void a_wrong_fingerprint_ends_in_failure() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open();
        TestPeer stranger = TestPeer.open()) {
      String answer = player.answer(publisher.offer(OfferSpec.publisher(Codec.VP8)));
      publisher.acceptAnswer(answer.replace(player.fingerprint(), stranger.fingerprint()));
      publisher.awaitFailure(SOON);
      assertThat(publisher.failure().orElseThrow()).contains("fingerprint");
      assertThat(publisher.isConnected()).isFalse();
    }
  }

  @Test
  void hostile_bytes_change_nothing() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      publisher.transport().sendHostile(new byte[] {(byte) 0x80, 96, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0});
      publisher.transport().sendHostile(new byte[20]);
      publisher.transport().sendHostile(new byte[] {23, 1, 2});
      player.await("rejection", SOON, () -> player.transport().notAuthenticPackets() >= 2);

      publisher.video(VideoSettings.defaults()).start();
      player.awaitVideoPackets(10, SOON);
    }
  }

  @Test
  void closing_is_seen_by_the_other_side_and_abandoning_is_not() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      publisher.close();
      player.awaitClosedByRemote(SOON);
    }
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, player, OfferSpec.publisher(Codec.VP8));
      publisher.abandon();
      assertThat(player.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void a_vain_wait_tells_the_state() {
    try (TestPeer peer = TestPeer.open()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> peer.awaitVideoPackets(1, Duration.ofMillis(20)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("1 video packets")
          .hasMessageContaining("connected=false");
    }
  }
}
