package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static io.github.jvbwhip.embedded.forward.TestPublisher.vp8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.LayerSelection;
import io.github.jvbwhip.core.picture.FirstPicture;
import io.github.jvbwhip.core.rtp.Bytes;
import io.github.jvbwhip.core.rtp.SerialNumber;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.embedded.forward.RecordingSink.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Players that join or switch while a publisher's keyframes are seconds apart. */
class FirstPictureTest {
  private static final long SSRC = 1001;
  private static final OptionalInt NONE = OptionalInt.empty();

  /** Of a packet's payload; with 100 packets a second a stream of 0.8 Mb/s. */
  private static final int LENGTH = 1000;

  private final TestRoom room = new TestRoom(FirstPicture.DEFAULT);
  private TestPublisher publisher;
  private int number = 65_400;
  private int frame;

  private void publishVp8() {
    publisher = room.publisher("s", publishedVideo(SSRC, codec(96, video("VP8"), 97)));
  }

  private TestPlayer play() {
    return room.player("s", playedVideo("v", codec(120, video("VP8"), 121)));
  }

  private byte[] packet(boolean keyframe, int temporalLayer) {
    byte[] payload = Arrays.copyOf(vp8(keyframe, frame, frame & 0xFF, temporalLayer, 320), LENGTH);
    Bytes.put32(payload, LENGTH - 4, frame);
    byte[] packet = rtp(96, number & 0xFFFF, frame * 900L, SSRC, payload);
    number++;
    frame++;
    return packet;
  }

  private void send(boolean keyframe) {
    publisher.send(packet(keyframe, 0));
  }

  /** Frames of a packet, one each 10 ms. */
  private void stream(int millis) {
    for (int i = 0; i < millis / 10; i++) {
      send(false);
      room.pass(10);
    }
  }

  private static long frameOf(Sent packet) {
    return Bytes.u32(packet.payload(), packet.payload().length - 4);
  }

  private static void assertInOrder(List<Sent> packets) {
    for (int i = 1; i < packets.size(); i++) {
      Sent before = packets.get(i - 1);
      Sent next = packets.get(i);
      assertThat(next.sequenceNumber()).isEqualTo(before.sequenceNumber() + 1 & 0xFFFF);
      assertThat(SerialNumber.isNewer32(next.timestamp(), before.timestamp())).isTrue();
      assertThat(next.vp8().pictureId()).isEqualTo(before.vp8().pictureId() + 1 & 0x7FFF);
      assertThat(frameOf(next)).isEqualTo(frameOf(before) + 1);
    }
  }

  @Test
  void a_player_that_joins_gets_all_since_the_keyframe_at_once_and_then_what_comes() {
    publishVp8();
    stream(500);
    send(true);
    int keyframe = frame - 1;
    stream(2000);
    TestPlayer player = play();
    room.pass(30);
    assertThat(player.received(0)).as("paced").hasSizeBetween(5, 15);
    stream(300);
    stream(1000);
    List<Sent> got = player.received(0);
    assertThat(frameOf(got.get(0))).isEqualTo(keyframe);
    assertThat(frameOf(got.get(got.size() - 1))).isEqualTo(frame - 1);
    assertInOrder(got);
  }

  @Test
  void timestamps_are_squeezed_until_the_player_has_caught_up() {
    publishVp8();
    send(true);
    stream(5000);
    TestPlayer player = play();
    long joined = room.now();
    stream(1000);
    List<Sent> got = player.received(0);
    assertThat(got).hasSize(601);
    long elapsed = ((room.now() - joined) / TestRoom.MILLI - 30) * 90;
    assertThat(SerialNumber.difference32(player.last(0).timestamp(), got.get(0).timestamp()))
        .as("as much as has passed since the first packet, give or take a frame")
        .isBetween((int) elapsed - 1800, (int) elapsed + 900);
    assertThat(
            SerialNumber.difference32(
                player.last(0).timestamp(), got.get(got.size() - 10).timestamp()))
        .isEqualTo(9 * 900);
  }

  @Test
  void sender_reports_wait_and_are_then_about_the_newest_picture() {
    publishVp8();
    send(true);
    stream(8000);
    TestPlayer player = play();
    room.pass(45);
    assertThat(player.sink().rtcp(SenderReport::is)).isEmpty();
    stream(1500);
    List<byte[]> reports = player.sink().rtcp(SenderReport::is);
    assertThat(reports).hasSizeBetween(2, 3);
    int last =
        SerialNumber.difference32(
            SenderReport.rtpTimestamp(reports.get(reports.size() - 1), 0),
            player.last(0).timestamp());
    assertThat(last).isBetween(-90_000, 0);
    assertThat(Math.floorMod(last, 900)).isZero();
  }

  @Test
  void what_is_missed_of_the_burst_is_sent_again() {
    publishVp8();
    send(true);
    stream(1000);
    TestPlayer player = play();
    stream(500);
    Sent lost = player.received(0).get(7);
    player.nack(0, lost.sequenceNumber());
    List<Sent> again = player.sink().rtp(player.rtxSsrc(0));
    assertThat(again).hasSize(1);
    assertThat(Bytes.u16(again.get(0).payload(), 0)).isEqualTo(lost.sequenceNumber());
    assertThat(again.get(0).payload()).endsWith(lost.payload());
  }

  @Test
  void a_fresh_keyframe_is_gone_over_to_at_once() {
    publishVp8();
    send(true);
    stream(10_000);
    TestPlayer player = play();
    room.pass(45);
    assertThat(frameOf(player.last(0))).isLessThan(frame - 100);
    send(true);
    room.pass(5);
    assertThat(frameOf(player.last(0))).isEqualTo(frame - 1);
    stream(500);
    List<Sent> got = player.received(0);
    for (int i = 1; i < got.size(); i++) {
      assertThat(got.get(i).sequenceNumber())
          .isEqualTo(got.get(i - 1).sequenceNumber() + 1 & 0xFFFF);
      assertThat(SerialNumber.isNewer32(got.get(i).timestamp(), got.get(i - 1).timestamp()))
          .isTrue();
    }
    assertThat(frameOf(player.last(0))).isEqualTo(frame - 1);
  }

  @Test
  void pictures_that_are_shown_in_another_order_keep_theirs() {
    publishVp8();
    send(true);
    int[] display = {0, 3, 1, 2, 6, 4, 5, 9, 7, 8, 12, 10, 11, 15, 13, 14};
    for (int i = 1; i < display.length; i++) {
      publisher.send(rtp(96, number++ & 0xFFFF, display[i] * 900L, SSRC, vp8(false, frame++)));
      room.pass(10);
    }
    TestPlayer player = play();
    room.pass(100);
    List<Sent> got = player.received(0);
    assertThat(got).hasSize(display.length);
    for (int i = 1; i < display.length; i++) {
      assertThat(SerialNumber.isNewer32(got.get(i).timestamp(), got.get(i - 1).timestamp()))
          .isEqualTo(display[i] > display[i - 1]);
    }
    publisher.send(rtp(96, number++ & 0xFFFF, 18 * 900L, SSRC, vp8(false, frame++)));
    publisher.send(rtp(96, number++ & 0xFFFF, 14 * 900L + 450, SSRC, vp8(false, frame++)));
    List<Sent> then = player.received(0);
    Sent late = then.get(then.size() - 1);
    assertThat(SerialNumber.isNewer32(late.timestamp(), got.get(15).timestamp())).isTrue();
    assertThat(SerialNumber.isNewer32(got.get(13).timestamp(), late.timestamp())).isTrue();
  }

  @Test
  void temporal_layers_that_a_player_does_without_are_left_out_of_what_was_kept() {
    publishVp8();
    publisher.send(packet(true, 0));
    for (int i = 1; i < 100; i++) {
      publisher.send(packet(false, i % 2));
      room.pass(10);
    }
    RecordingSink sink = new RecordingSink();
    Player joining =
        room.room.addPlayer(
            Optional.empty(),
            List.of(playedVideo("v", codec(120, video("VP8"), 121))),
            sink,
            room.now());
    LayerSelection base =
        new LayerSelection(Optional.empty(), NONE, NONE, NONE, OptionalInt.of(0), NONE, NONE);
    assertThat(joining.selectLayer("v", base, room.now())).isTrue();
    joining.connected(room.now());
    room.pass(200);
    List<Sent> got = sink.rtp(joining.sources().get(0).ssrc());
    assertThat(got).hasSize(50);
    for (int i = 1; i < got.size(); i++) {
      assertThat(frameOf(got.get(i))).isEqualTo(2L * i);
      assertThat(got.get(i).sequenceNumber()).isEqualTo(got.get(0).sequenceNumber() + i & 0xFFFF);
    }
  }

  @Test
  void a_player_that_is_behind_what_is_given_up_waits_for_a_keyframe() {
    publishVp8();
    send(true);
    stream(11_980);
    TestPlayer player = play();
    room.pass(30);
    assertThat(player.received(0)).isNotEmpty();
    stream(200);
    int before = player.received(0).size();
    assertThat(frameOf(player.last(0))).isLessThan(frame - 10);
    send(true);
    assertThat(player.received(0)).hasSize(before + 1);
    stream(100);
    assertThat(frameOf(player.last(0))).isEqualTo(frame - 1);
    assertThat(player.last(0).sequenceNumber())
        .isEqualTo(
            player.received(0).get(0).sequenceNumber() + player.received(0).size() - 1 & 0xFFFF);
  }

  @Test
  void a_publisher_that_does_not_listen_is_not_asked_for_those_who_catch_up() {
    publishVp8();
    send(true);
    stream(1500);
    play();
    stream(1100);
    int asked = publisher.keyframeRequests();
    assertThat(asked).as("nothing is known of it yet").isPositive();
    play();
    play();
    stream(2000);
    assertThat(publisher.keyframeRequests()).isLessThanOrEqualTo(asked + 4);
    send(true);
    stream(2000);
    asked = publisher.keyframeRequests();
    TestPlayer last = play();
    stream(1000);
    assertThat(publisher.keyframeRequests()).isEqualTo(asked);
    assertThat(frameOf(last.last(0))).isEqualTo(frame - 1);
  }

  @Test
  void little_is_kept_of_a_publisher_that_answers() {
    publishVp8();
    send(true);
    stream(1500);
    for (int i = 0; i < 3; i++) {
      play();
      room.pass(50);
      send(true);
      stream(1500);
    }
    int asked = publisher.keyframeRequests();
    TestPlayer player = play();
    stream(100);
    assertThat(player.received(0)).as("its keyframe comes in a moment").isEmpty();
    assertThat(publisher.keyframeRequests()).isEqualTo(asked + 1);
    send(true);
    stream(500);
    asked = publisher.keyframeRequests();
    TestPlayer next = play();
    stream(100);
    assertThat(next.received(0)).as("just after a keyframe").hasSizeGreaterThan(50);
    assertThat(publisher.keyframeRequests()).as("should it miss the first").isEqualTo(asked + 1);
  }

  @Test
  void a_player_that_lost_the_picture_gets_it_once_more() {
    publishVp8();
    send(true);
    stream(1500);
    TestPlayer player = play();
    stream(2500);
    player.sink().clear();
    player.pli(0);
    stream(500);
    assertThat(frameOf(player.received(0).get(0))).isZero();
    assertThat(frameOf(player.last(0))).isEqualTo(frame - 1);
    assertInOrder(player.received(0));
    player.sink().clear();
    player.pli(0);
    stream(500);
    assertThat(player.received(0)).as("once for a keyframe").hasSize(50);
  }

  @Test
  void what_a_publisher_lost_is_asked_for_before_anybody_watches() {
    publishVp8();
    send(true);
    packet(false, 0); // Lost.
    stream(100);
    assertThat(publisher.sink().rtcp(io.github.jvbwhip.core.rtp.rtcp.Nack::is)).isNotEmpty();
  }

  @Test
  void nothing_is_kept_where_it_is_off() {
    TestRoom off = new TestRoom();
    TestPublisher sending = off.publisher("s", publishedVideo(SSRC, codec(96, video("VP8"))));
    sending.send(rtp(96, 1, 0, SSRC, vp8(true, 1)));
    sending.send(rtp(96, 2, 900, SSRC, vp8(false, 2)));
    TestPlayer player = off.player("s", playedVideo("v", codec(120, video("VP8"))));
    off.pass(100);
    assertThat(player.received(0)).isEmpty();
  }

  @Test
  void the_stage_changes_at_once() {
    publishVp8();
    TestPublisher other =
        room.publisher("o", publishedVideo(SSRC + 1, codec(96, video("VP8"), 97)));
    send(true);
    other.send(rtp(96, 1, 0, SSRC + 1, vp8(true, 1)));
    stream(500);
    TestPlayer player = room.player(null, playedVideo("v", codec(120, video("VP8"), 121)));
    stream(500);
    assertThat(frameOf(player.last(0))).isEqualTo(frame - 1);
    int before = player.received(0).size();
    for (int i = 2; i < 20; i++) {
      other.send(rtp(96, i, i * 900L, SSRC + 1, vp8(false, i)));
      room.pass(10);
    }
    publisher.publisher().close(room.now());
    room.pass(50);
    List<Sent> got = player.received(0);
    assertThat(got).hasSize(before + 19);
    assertThat(got.get(before).vp8().isKeyframe()).isTrue();
    assertThat(got.get(before).sequenceNumber())
        .isEqualTo(got.get(before - 1).sequenceNumber() + 1 & 0xFFFF);
  }

  @Test
  void what_is_kept_of_publishers_that_have_gone_is_given_back() {
    FirstPicture small = new FirstPicture(true, 65_536, Duration.ofSeconds(10), 65_536);
    TestRoom tight = new TestRoom(small);
    for (int i = 0; i < 3; i++) {
      TestPublisher sending =
          tight.publisher("s" + i, publishedVideo(SSRC, codec(96, video("VP8"))));
      sending.send(rtp(96, 1, 0, SSRC, vp8(true, 1)));
      TestPlayer player = tight.player("s" + i, playedVideo("v", codec(120, video("VP8"))));
      tight.pass(50);
      assertThat(player.received(0)).hasSize(1);
      player.player().close(tight.now());
      sending.publisher().close(tight.now());
    }
  }

  /** Two encodings whose keyframes come every 10 seconds: a choice takes effect at once. */
  @Test
  void another_encoding_is_gone_over_to_at_once() {
    TestPublisher sending =
        room.publisher("s", simulcast(List.of("f", "q"), codec(96, video("VP8"), 97)));
    TestPlayer player = play();
    List<Integer> pictures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      for (int k = 0; k < 2; k++) {
        byte[] payload = Arrays.copyOf(vp8(i == 0, i, i & 0xFF, 0, k == 0 ? 320 : 1280), 500);
        sending.send(
            rtp(
                96,
                i + 1,
                i * 900L,
                SSRC + k,
                payload,
                Media.MID,
                "v",
                Media.RID,
                "qf".substring(k, k + 1)));
      }
      room.pass(10);
      pictures.add(i);
    }
    assertThat(player.last(0).vp8().pictureId()).isNotNegative();
    int before = player.received(0).size();
    LayerSelection small = new LayerSelection(Optional.of("q"), NONE, NONE, NONE, NONE, NONE, NONE);
    assertThat(player.player().selectLayer("v", small, room.now())).isTrue();
    room.pass(200);
    List<Sent> got = player.received(0);
    assertThat(got).hasSize(before + pictures.size());
    for (int i = before; i < got.size(); i++) {
      assertThat(got.get(i).sequenceNumber())
          .isEqualTo(got.get(i - 1).sequenceNumber() + 1 & 0xFFFF);
      assertThat(SerialNumber.isNewer32(got.get(i).timestamp(), got.get(i - 1).timestamp()))
          .isTrue();
    }
  }

  @Test
  void who_sees_a_picture_does_not_see_much_of_the_past() {
    TestPublisher sending =
        room.publisher("s", simulcast(List.of("f", "q"), codec(96, video("VP8"), 97)));
    TestPlayer player = play();
    for (int i = 0; i < 700; i++) {
      for (int k = 0; k < 2; k++) {
        byte[] payload = Arrays.copyOf(vp8(i == 0, i, i & 0xFF, 0, k == 0 ? 320 : 1280), 1200);
        sending.send(
            rtp(
                96,
                i + 1,
                i * 900L,
                SSRC + k,
                payload,
                Media.MID,
                "v",
                Media.RID,
                "qf".substring(k, k + 1)));
      }
      room.pass(10);
    }
    int before = player.received(0).size();
    LayerSelection small = new LayerSelection(Optional.of("q"), NONE, NONE, NONE, NONE, NONE, NONE);
    player.player().selectLayer("v", small, room.now());
    room.pass(300);
    assertThat(player.received(0)).as("it waits for the keyframe").hasSize(before);
  }

  @Test
  void a_fault_that_nobody_can_be_told_keeps_nobody_from_catching_up_later() {
    publishVp8();
    send(true);
    stream(1000);
    TestPlayer broken = play();
    broken.sink().breakDownAltogether();
    assertThatThrownBy(() -> room.pass(100)).hasMessage("a fault");
    broken.player().close(room.now());

    TestPlayer player = play();
    room.pass(300);

    assertThat(player.received(0)).hasSize(101);
  }
}
