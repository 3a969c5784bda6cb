package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.EncodingSender;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.rtp.RtcpPacket;
import io.github.jvbwhip.testpeer.sdp.CodecSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec;
import io.github.jvbwhip.testpeer.sdp.MediaSpec.Direction;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.DatagramFilter.RtpSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What RTCP is for, seen by test peers: repair, keyframes, reports, bandwidth; and hostile bytes.
 */
abstract class FeedbackContract extends PeerContract {
  @Test
  void a_player_that_comes_late_gets_a_keyframe() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer first = play(OfferSpec.player(Codec.VP8));
    first.awaitVideoPackets(60, SOON);
    TestPeer late = play(OfferSpec.player(Codec.VP8));
    late.awaitKeyframes(1, SOON);
    late.awaitVideoPackets(30, SOON);

    assertThat(publisher.rtcp().keyframeRequests()).isPositive();
    assertThat(onlyVideo(late).isContinuous()).isTrue();
    assertThat(onlyVideo(first).isContinuous()).isTrue();
  }

  /** Some of what a busy machine repairs too late is given up for good: most has to be repaired. */
  @Test
  void loss_on_the_way_to_the_bridge_is_repaired() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    AtomicInteger lost = new AtomicInteger();
    RtpSelection twentieth = RtpSelection.ofPayloadType(96, RtpSelection.everyNth(20));
    publisher
        .transport()
        .setOutgoingFilter(
            DatagramFilter.losing(
                (payloadType, sequenceNumber, ssrc) ->
                    twentieth.selects(payloadType, sequenceNumber, ssrc)
                        && lost.incrementAndGet() > 0));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(1, SOON);
    int before = lost.get();

    player.await(
        "a quarter of what was lost, or less, is missing",
        SOON,
        () ->
            lost.get() - before >= 20 && onlyVideo(player).missing() <= (lost.get() - before) / 4);
    assertThat(publisher.rtcp().count(RtcpPacket.Nack.class)).isPositive();
  }

  @Test
  void loss_on_the_way_to_the_player_is_repaired_by_rtx() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player
        .transport()
        .setIncomingFilter(
            DatagramFilter.losing(RtpSelection.ofPayloadType(96, RtpSelection.everyNth(20))));
    player.await(
        "ten repaired packets",
        SOON,
        () -> player.received().video().stream().anyMatch(s -> s.recovered() >= 10));
    assertThat(player.received().rtxPackets()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void loss_on_the_way_to_a_player_without_rtx_is_repaired() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    OfferSpec offer =
        OfferSpec.of(
            MediaSpec.video(Direction.RECVONLY, Codec.VP8)
                .withCodecs(CodecSpec.video(Codec.VP8, 96).withoutRtx()));
    TestPeer player = play(offer);
    player.transport().setIncomingFilter(DatagramFilter.losing(RtpSelection.everyNth(20)));
    player.await(
        "ten repaired packets",
        SOON,
        () -> player.received().video().stream().anyMatch(s -> s.recovered() >= 10));
    assertThat(player.received().rtxPackets()).isZero();
  }

  @Test
  void sender_reports_tell_sound_and_picture_apart_and_together() {
    startMedia(publish(OfferSpec.publisher(Codec.VP8)));
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    player.awaitAudioPackets(10, SOON);
    long video = onlyVideo(player).ssrc();
    long audio = player.received().audio().get(0).ssrc();
    player.await(
        "sender reports of both",
        SOON,
        () ->
            player.rtcp().all(RtcpPacket.SenderReport.class).stream()
                .map(RtcpPacket.SenderReport::senderSsrc)
                .toList()
                .containsAll(List.of(video, audio)));

    RtcpPacket.SenderReport report =
        player.rtcp().all(RtcpPacket.SenderReport.class).stream()
            .filter(r -> r.senderSsrc() == video)
            .reduce((first, second) -> second)
            .orElseThrow();
    // The report's time is about that of the newest picture: within some seconds, in its own units.
    int distance = (int) (report.rtpTimestamp() - onlyVideo(player).lastTimestamp());
    assertThat(Math.abs(distance)).isLessThan(90_000 * 5);
  }

  @Test
  void feedback_to_publishers_with_the_same_ssrcs_is_about_their_own() {
    TestPeer first = publishTwin("first", OfferSpec.publisher(Codec.VP8));
    TestPeer second = publishTwin("second", OfferSpec.publisher(Codec.VP8));
    second
        .transport()
        .setOutgoingFilter(
            DatagramFilter.losing(RtpSelection.ofPayloadType(96, RtpSelection.everyNth(20))));
    startMedia(first);
    EncodingSender video = startMedia(second).encoding();
    TestPeer ofFirst = play("first", OfferSpec.player(Codec.VP8));
    TestPeer ofSecond = play("second", OfferSpec.player(Codec.VP8));
    ofFirst.awaitVideoPackets(300, SOON);
    ofSecond.awaitVideoPackets(300, SOON);
    long own = video.encoding().ssrc();

    assertThat(second.rtcp().pictureLosses(own)).isPositive();
    assertThat(second.rtcp().count(RtcpPacket.FullIntraRequest.class)).isZero();
    assertThat(second.rtcp().all(RtcpPacket.PictureLoss.class))
        .allMatch(loss -> loss.mediaSsrc() == own);
    assertThat(second.rtcp().all(RtcpPacket.Nack.class))
        .isNotEmpty()
        .allMatch(nack -> nack.mediaSsrc() == own);
    assertThat(video.retransmissions()).isPositive();
    ofSecond.await("ten repaired packets", SOON, () -> onlyVideo(ofSecond).recovered() >= 10);
    assertThat(onlyVideo(ofFirst).isContinuous()).isTrue();
    assertThat(first.rtcp().count(RtcpPacket.Nack.class)).isZero();
    second.await(
        "a report on its own stream, and on none that it does not have",
        SOON,
        () -> reportedOn(second).contains(own));
    assertThat(reportedOn(second))
        .isSubsetOf(own, video.encoding().rtxSsrc(), second.audio().encoding().encoding().ssrc());
  }

  private static List<Long> reportedOn(TestPeer publisher) {
    return publisher.rtcp().all(RtcpPacket.ReceiverReport.class).stream()
        .flatMap(report -> report.blocks().stream())
        .map(RtcpPacket.ReportBlock::ssrc)
        .toList();
  }

  @Test
  void a_publisher_is_told_how_much_to_send() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    publisher.await(
        "bandwidth feedback",
        SOON,
        () ->
            publisher.rtcp().count(RtcpPacket.TransportFeedback.class) > 0
                || publisher.rtcp().count(RtcpPacket.Remb.class) > 0);
    publisher.await(
        "receiver reports",
        SOON,
        () ->
            publisher.rtcp().all(RtcpPacket.ReceiverReport.class).stream()
                .anyMatch(report -> !report.blocks().isEmpty()));
  }

  @Test
  void hostile_bytes_disturb_nobody() {
    TestPeer publisher = publish(OfferSpec.publisher(Codec.VP8));
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(10, SOON);
    java.util.Random random = new java.util.Random(42);
    for (int first = 0; first < 256; first++) {
      byte[] datagram = new byte[1 + random.nextInt(200)];
      random.nextBytes(datagram);
      datagram[0] = (byte) first;
      publisher.transport().sendHostile(datagram);
      player.feedback().raw(new byte[] {(byte) 0x8f, (byte) 206, 0, 1, 0, 0, 0, (byte) first});
    }
    int before = player.received().videoPackets();
    player.awaitVideoPackets(before + 60, SOON);
    assertThat(onlyVideo(player).isContinuous()).isTrue();
  }
}
