package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedAudio;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedAudio;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Feedback;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.NegotiatedCodec;
import io.github.jvbwhip.core.bridge.NegotiatedExtension;
import io.github.jvbwhip.core.bridge.PlannedEncoding;
import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.rtcp.Nack;
import io.github.jvbwhip.core.rtp.rtcp.NtpTime;
import io.github.jvbwhip.core.rtp.rtcp.ReceiverReport;
import io.github.jvbwhip.core.rtp.rtcp.Remb;
import io.github.jvbwhip.core.rtp.rtcp.ReportBlock;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.core.rtp.rtcp.TransportCc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Loss on both sides of the bridge, and what the two sides are told of it. */
class RecoveryTest {
  private final TestRoom room = new TestRoom();

  private final TestPublisher publisher =
      room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));

  private void sendFrames(int from, int to) {
    for (int i = from; i <= to; i++) {
      publisher.send(rtp(96, i, i * 3000L, 1, vp8(i == 1, i)));
    }
  }

  @Test
  void answers_a_nack_with_rtx() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
    sendFrames(1, 10);
    RecordingSink.Sent lost = player.received(0).get(4);
    room.pass(30);

    player.nack(0, lost.sequenceNumber());

    List<RecordingSink.Sent> resent = player.sink().rtp(player.rtxSsrc(0));
    assertThat(resent).hasSize(1);
    RecordingSink.Sent rtx = resent.get(0);
    assertThat(rtx.payloadType()).isEqualTo(121);
    assertThat(rtx.timestamp()).isEqualTo(lost.timestamp());
    assertThat(Bytes.u16(rtx.payload(), 0)).isEqualTo(lost.sequenceNumber());
    assertThat(Arrays.copyOfRange(rtx.payload(), 2, rtx.payload().length))
        .isEqualTo(lost.payload());
    assertThat(rtx.extension(Media.PLAYER_SEND_TIME))
        .as("the time of the retransmission")
        .isNotEqualTo(lost.extension(Media.PLAYER_SEND_TIME));
    assertThat(player.player().losses().resent()).isEqualTo(1);
  }

  @Test
  void a_player_that_leaves_gives_back_the_memory_for_what_it_could_have_asked_for() {
    long before = CacheBudget.OF_PROCESS.left();
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
    sendFrames(1, 10);
    assertThat(CacheBudget.OF_PROCESS.left()).isLessThan(before);

    player.player().close(room.now());
    player.player().close(room.now());
    sendFrames(11, 20);

    assertThat(CacheBudget.OF_PROCESS.left()).isEqualTo(before);
  }

  @Test
  void answers_a_nack_with_the_very_same_bytes_without_rtx() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    sendFrames(1, 10);
    RecordingSink.Sent lost = player.received(0).get(4);
    room.pass(30);

    player.nack(0, lost.sequenceNumber());

    assertThat(player.last(0).bytes()).isEqualTo(lost.bytes());
    assertThat(player.received(0)).hasSize(11);
  }

  @Test
  void answers_a_repeated_nack_once_and_an_unknown_one_not_at_all() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
    sendFrames(1, 10);
    int number = player.last(0).sequenceNumber();

    player.nack(0, number);
    player.nack(0, number);
    player.nack(0, number + 1 & 0xFFFF);
    player.nack(0, number - 500 & 0xFFFF);
    assertThat(player.sink().rtp(player.rtxSsrc(0))).hasSize(1);

    room.pass(100);
    player.nack(0, number);
    assertThat(player.sink().rtp(player.rtxSsrc(0))).hasSize(2);
  }

  @Test
  void does_not_let_nacks_multiply_what_is_sent() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
    sendFrames(1, 900);
    int last = player.last(0).sequenceNumber();
    int[] everything = new int[800];
    Arrays.setAll(everything, i -> last - 799 + i & 0xFFFF);

    long sentBytes = player.received(0).stream().mapToLong(s -> s.bytes().length).sum();
    for (int i = 0; i < 100; i++) {
      player.nack(0, Arrays.copyOfRange(everything, 0, 290));
      player.nack(0, Arrays.copyOfRange(everything, 290, 580));
      room.pass(20);
    }

    long resentBytes =
        player.sink().rtp(player.rtxSsrc(0)).stream().mapToLong(s -> s.bytes().length).sum();
    assertThat(resentBytes).isLessThan(256_000 + sentBytes / 2 + 2 * 20 * 8_000);
  }

  @Test
  void asks_the_publisher_for_what_is_missing_and_gives_up_with_a_keyframe() {
    room.player("s", playedVideo("v", codec(120, video("VP8"))));
    sendFrames(1, 3);
    publisher.send(rtp(96, 6, 18000, 1, vp8(false, 6)));
    room.pass(100);

    List<Integer> asked = new ArrayList<>();
    publisher.sink().rtcp(Nack::is).forEach(b -> Nack.forEachLost(b, 0, asked::add));
    assertThat(asked).containsExactly(4, 5);
    assertThat(publisher.keyframeRequests()).isZero();

    for (int i = 0; i < 20; i++) {
      publisher.send(rtp(96, 7 + i, 21000 + i, 1, vp8(false, 7 + i)));
      room.pass(100);
    }
    assertThat(publisher.keyframeRequests()).isPositive();
  }

  @Test
  void asks_for_nothing_that_nobody_watches() {
    sendFrames(1, 3);
    publisher.send(rtp(96, 6, 18000, 1, vp8(false, 6)));
    room.pass(1000);

    assertThat(publisher.sink().rtcp(Nack::is)).isEmpty();
    assertThat(publisher.keyframeRequests()).isZero();
  }

  @Test
  void reports_reception_and_an_estimate_to_the_publisher() {
    for (int i = 1; i <= 200; i += i % 10 == 0 ? 2 : 1) {
      publisher.send(rtp(96, i, i * 450L, 1, vp8(i == 1, i)));
      room.pass(5);
    }
    room.pass(1000);

    byte[] report = publisher.sink().rtcp(ReceiverReport::is).get(1);
    int block = ReceiverReport.block(0, 0);
    assertThat(ReceiverReport.blockCount(report, 0)).isEqualTo(1);
    assertThat(ReportBlock.ssrc(report, block)).isEqualTo(1);
    assertThat(ReportBlock.fractionLost(report, block)).isBetween(15, 30);
    assertThat(ReportBlock.cumulativeLost(report, block)).isBetween(15, 20);
    List<byte[]> remb = publisher.sink().rtcp(Remb::is);
    assertThat(remb).isNotEmpty();
    assertThat(Remb.bitrate(remb.get(0), 0)).isBetween(2_900_000L, 3_300_000L);
  }

  @Test
  void packets_that_come_late_as_themselves_are_no_loss_and_no_restart() {
    for (int i = 1; i <= 1000; i++) {
      if (i != 500 && i != 501) {
        publisher.send(rtp(96, i, i * 450L, 1, vp8(i == 1, i)));
      }
    }
    publisher.send(rtp(96, 500, 500 * 450L, 1, vp8(false, 500)));
    publisher.send(rtp(96, 501, 501 * 450L, 1, vp8(false, 501)));
    publisher.send(rtp(96, 1001, 1001 * 450L, 1, vp8(false, 1001)));
    publisher.send(rtp(96, 1002, 1002 * 450L, 1, vp8(false, 1002)));
    room.pass(1000);

    byte[] report = publisher.sink().rtcp(ReceiverReport::is).get(0);
    int block = ReceiverReport.block(0, 0);
    assertThat(ReportBlock.fractionLost(report, block)).isZero();
    assertThat(ReportBlock.cumulativeLost(report, block)).isZero();
    assertThat(Bytes.u32(report, block + 8)).isEqualTo(1002);
    assertThat(Remb.bitrate(publisher.sink().rtcp(Remb::is).get(0), 0)).isGreaterThan(2_900_000L);
  }

  @Test
  void sends_transport_wide_feedback_where_negotiated() {
    IngestMedia media =
        new IngestMedia(
            "v",
            MediaKind.VIDEO,
            List.of(
                new NegotiatedCodec(
                    96,
                    video("VP8"),
                    OptionalInt.empty(),
                    Set.of(Feedback.TRANSPORT_CC, Feedback.GOOG_REMB))),
            List.of(new NegotiatedExtension(3, HeaderExtensionType.TRANSPORT_CC)),
            List.of(
                new PlannedEncoding(Optional.empty(), OptionalLong.of(9), OptionalLong.empty())));
    TestPublisher modern = room.publisher("t", media);
    for (int i = 0; i < 10; i++) {
      if (i != 4) {
        modern.send(rtp(96, i, 0, 9, vp8(true, i), Media.TRANSPORT_CC, new byte[] {1, (byte) i}));
      }
    }
    room.pass(60);

    byte[] feedback = modern.sink().rtcp(TransportCc::is).get(0);
    List<Integer> received = new ArrayList<>();
    TransportCc.forEach(
        feedback,
        0,
        (number, arrived, nanos) -> {
          if (arrived) {
            received.add(number);
          }
        });
    assertThat(received).containsExactly(256, 257, 258, 259, 261, 262, 263, 264, 265);
    room.pass(2000);
    assertThat(modern.sink().rtcp(Remb::is)).as("one kind of estimate, not two").isEmpty();
  }

  @Test
  void tells_what_may_be_sent_at_most_each_second_beside_transport_wide_feedback() {
    IngestMedia media =
        new IngestMedia(
            "v",
            MediaKind.VIDEO,
            List.of(
                new NegotiatedCodec(
                    96,
                    video("VP8"),
                    OptionalInt.empty(),
                    Set.of(Feedback.TRANSPORT_CC, Feedback.GOOG_REMB))),
            List.of(new NegotiatedExtension(3, HeaderExtensionType.TRANSPORT_CC)),
            List.of(
                new PlannedEncoding(Optional.empty(), OptionalLong.of(9), OptionalLong.empty())));
    TestPublisher limited = room.publisher("t", limit(800_000), media);
    for (int i = 0; i < 60; i++) {
      limited.send(rtp(96, i, 0, 9, vp8(true, i), Media.TRANSPORT_CC, new byte[] {1, (byte) i}));
      room.pass(50);
    }

    List<byte[]> told = limited.sink().rtcp(Remb::is);
    assertThat(told).hasSizeBetween(2, 4);
    assertThat(told).allMatch(remb -> Remb.bitrate(remb, 0) == 800_000);
    assertThat(limited.sink().rtcp(TransportCc::is)).isNotEmpty();
  }

  @Test
  void never_estimates_more_than_may_be_sent() {
    TestPublisher limited =
        room.publisher("t", limit(50_000), publishedVideo(9, codec(96, video("VP8"))));
    for (int i = 0; i < 60; i++) {
      limited.send(rtp(96, i, i * 4500L, 9, vp8(true, i)));
      room.pass(50);
    }

    List<byte[]> told = limited.sink().rtcp(Remb::is);
    assertThat(told).isNotEmpty().allMatch(remb -> Remb.bitrate(remb, 0) == 50_000);
  }

  private static PublisherLimits limit(long bitrate) {
    return new PublisherLimits(OptionalLong.of(bitrate), Optional.empty());
  }

  @Test
  void knows_the_round_trip_to_a_player() {
    TestPublisher speaker = room.publisher("t", publishedAudio(5));
    TestPlayer player = room.player("t", playedAudio("a"));
    speaker.send(rtp(111, 1, 1, 5, new byte[] {1}));
    room.pass(60);
    byte[] sent = player.sink().rtcp(SenderReport::is).get(0);
    long middle = NtpTime.middle(SenderReport.ntpTime(sent, 0));
    room.pass(500);

    player.report(0, 0, middle, 65536 / 4);

    assertThat(player.player().losses().roundTripNanos().orElseThrow() / TestRoom.MILLI)
        .isBetween(249L, 311L);
  }
}
