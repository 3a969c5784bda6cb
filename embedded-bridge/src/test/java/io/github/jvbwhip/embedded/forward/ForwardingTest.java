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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One publisher, one encoding: what players get of it. */
class ForwardingTest {
  private final TestRoom room = new TestRoom();

  @Test
  void maps_payload_type_ssrc_and_extension_ids() {
    TestPublisher publisher = room.publisher("s", publishedAudio(1111));
    TestPlayer player = room.player("s", playedAudio("x0"));
    byte[] payload = {1, 2, 3, 4, 5};

    publisher.send(
        rtp(111, 500, 9000, 1111, payload, Media.MID, "a", Media.LEVEL, new byte[] {(byte) 0x9E}));

    RecordingSink.Sent sent = player.last(0);
    assertThat(sent.payloadType()).isEqualTo(96);
    assertThat(sent.ssrc()).isEqualTo(player.ssrc(0)).isNotEqualTo(1111);
    assertThat(sent.payload()).isEqualTo(payload);
    assertThat(sent.extension(Media.PLAYER_LEVEL)).containsExactly(0x9E);
    assertThat(sent.extension(Media.PLAYER_MID))
        .isEqualTo("x0".getBytes(StandardCharsets.US_ASCII));
    assertThat(sent.extension(Media.MID)).as("the publisher's MID").isNull();
  }

  @Test
  void adds_extensions_to_packets_that_have_none() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("H265"))));
    TestPlayer player = room.player("s", playedVideo("v", codec(49, video("h265"))));
    byte[] keyframe = {33 << 1, 1, 0, 0};

    publisher.send(rtp(96, 1, 1, 1, keyframe));

    assertThat(player.last(0).extension(Media.PLAYER_SEND_TIME)).hasSize(3);
    assertThat(player.last(0).extension(Media.PLAYER_MID)).containsExactly('v');
    assertThat(player.last(0).payload()).isEqualTo(keyframe);
  }

  @Test
  void takes_another_answer_after_one_that_was_refused() {
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    player.player().accept(List.of());
    player.player().accept(List.of(playedVideo("v", codec(100, video("VP8")))));
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));

    publisher.send(rtp(96, 1, 3000, 1, vp8(true, 1)));

    assertThat(player.received(0)).extracting(RecordingSink.Sent::payloadType).containsExactly(100);
  }

  @Test
  void lets_a_late_player_wait_for_a_keyframe_and_asks_for_one() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    publisher.send(rtp(96, 1, 3000, 1, vp8(true, 1)));
    publisher.send(rtp(96, 2, 6000, 1, vp8(false, 2)));
    TestPlayer late = room.player("s", playedVideo("v", codec(120, video("VP8"))));

    publisher.send(rtp(96, 3, 9000, 1, vp8(false, 3)));
    assertThat(late.received(0)).isEmpty();
    room.pass(60);
    assertThat(publisher.keyframeRequests()).isEqualTo(1);

    publisher.send(rtp(96, 4, 12000, 1, vp8(true, 4)));
    publisher.send(rtp(96, 5, 15000, 1, vp8(false, 5)));
    assertThat(late.received(0)).hasSize(2);
  }

  @Test
  void asks_for_keyframes_no_oftener_than_configured_and_until_one_comes() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    publisher.send(rtp(96, 1, 3000, 1, vp8(true, 1)));

    for (int i = 0; i < 20; i++) {
      player.pli(0);
      room.pass(50);
      publisher.send(rtp(96, 2 + i, 6000, 1, vp8(false, 2 + i)));
    }
    assertThat(publisher.keyframeRequests()).as("in one second").isBetween(2, 3);

    publisher.send(rtp(96, 22, 9000, 1, vp8(true, 22)));
    publisher.sink().clear();
    room.pass(900);
    assertThat(publisher.keyframeRequests()).isZero();
  }

  @Test
  void keeps_gaps_of_lost_packets_and_fills_them_late() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));

    publisher.send(rtp(96, 65534, 3000, 1, vp8(true, 1)));
    publisher.send(rtp(96, 1, 6000, 1, vp8(false, 3)));
    publisher.send(rtp(96, 65535, 4000, 1, vp8(false, 2)));
    publisher.send(rtp(96, 65535, 4000, 1, vp8(false, 2)));

    List<RecordingSink.Sent> got = player.received(0);
    int first = got.get(0).sequenceNumber();
    assertThat(got)
        .as("the duplicate is not sent")
        .extracting(sent -> sent.sequenceNumber() - first)
        .containsExactly(0, 3, 1);
    assertThat(got)
        .extracting(sent -> sent.timestamp() - got.get(0).timestamp())
        .containsExactly(0L, 3000L, 1000L);
  }

  @Test
  void sends_nothing_of_a_codec_that_the_player_does_not_have() {
    TestPublisher publisher =
        room.publisher("s", publishedVideo(1, codec(96, video("VP8")), codec(98, video("H264"))));
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    byte[] keyframe = {0x67, 1, 2};

    publisher.send(rtp(98, 1, 1000, 1, keyframe));
    publisher.send(rtp(98, 2, 2000, 1, keyframe));
    assertThat(player.sink().rtp()).isEmpty();

    publisher.send(rtp(96, 3, 3000, 1, vp8(true, 1)));
    publisher.send(rtp(98, 4, 4000, 1, keyframe));
    publisher.send(rtp(96, 5, 5000, 1, vp8(false, 2)));
    int first = player.received(0).get(0).sequenceNumber();
    assertThat(player.received(0))
        .as("no gap for what is left out")
        .extracting(sent -> sent.sequenceNumber() - first)
        .containsExactly(0, 1);
  }

  @Test
  void tells_of_the_negotiated_codecs_the_one_that_comes() {
    TestPublisher publisher =
        room.publisher("s", publishedVideo(1, codec(96, video("VP8")), codec(98, video("H264"))));
    publisher.send(rtp(98, 1, 1000, 1, new byte[] {0x67, 1, 2}));
    room.pass(1100);
    publisher.send(rtp(96, 2, 9000, 1, vp8(true, 1)));
    room.pass(1100);

    assertThat(
            room.told(
                snapshot -> snapshot.streams().stream().flatMap(s -> s.codecs().stream()).toList()))
        .endsWith(
            List.of(video("VP8"), video("H264")), List.of(video("H264")), List.of(video("VP8")));
  }

  @Test
  void goes_over_to_another_codec_at_its_keyframe() {
    TestPublisher publisher =
        room.publisher("s", publishedVideo(1, codec(96, video("VP8")), codec(98, video("H264"))));
    TestPlayer player =
        room.player("s", playedVideo("v", codec(120, video("VP8")), codec(121, video("H264"))));
    byte[] keyframe = {0x67, 1, 2};
    byte[] slice = {0x41, 1, 2};

    publisher.send(rtp(96, 1, 1000, 1, vp8(true, 1)));
    publisher.send(rtp(98, 2, 2000, 1, slice));
    publisher.send(rtp(98, 3, 3000, 1, keyframe));
    publisher.send(rtp(98, 4, 4000, 1, slice));

    int first = player.received(0).get(0).sequenceNumber();
    assertThat(player.received(0))
        .extracting(RecordingSink.Sent::payloadType)
        .containsExactly(120, 121, 121);
    assertThat(player.received(0))
        .extracting(sent -> sent.sequenceNumber() - first)
        .containsExactly(0, 1, 2);
  }

  @Test
  void sends_to_nobody_who_is_not_connected_or_has_left() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    RecordingSink waiting = new RecordingSink();
    room.room.addPlayer(
        Optional.empty(), List.of(playedVideo("v", codec(120, video("VP8")))), waiting, room.now());
    TestPlayer gone = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    publisher.send(rtp(96, 1, 1000, 1, vp8(true, 1)));
    gone.player().close(room.now());
    gone.player().close(room.now());

    publisher.send(rtp(96, 2, 2000, 1, vp8(true, 2)));
    room.pass(1100);

    assertThat(waiting.rtp()).isEmpty();
    assertThat(gone.received(0)).hasSize(1);
  }

  @Test
  void finds_streams_by_mid_and_payload_type_when_their_ssrc_is_not_signalled() {
    TestPublisher publisher =
        room.publisher("s", publishedAudio(1), publishedVideo(2, codec(96, video("VP8"))));
    TestPlayer player =
        room.player("s", playedAudio("a"), playedVideo("v", codec(120, video("VP8"))));

    publisher.send(rtp(96, 1, 1000, 777, vp8(true, 1), Media.MID, "v"));
    publisher.send(rtp(96, 2, 2000, 777, vp8(false, 2)));
    publisher.send(rtp(111, 1, 1000, 888, new byte[] {1}));
    publisher.send(rtp(101, 1, 1000, 999, new byte[] {1}));

    assertThat(player.received(1)).hasSize(2);
    assertThat(player.received(0)).hasSize(1);
    assertThat(player.sink().rtp()).hasSize(3);
  }

  @Test
  void follows_a_sender_that_starts_its_numbers_anew() {
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("VP8"))));
    TestPlayer player = room.player("s", playedVideo("v", codec(120, video("VP8"))));
    publisher.send(rtp(96, 100, 1000, 1, vp8(true, 1)));
    room.pass(40);

    publisher.send(rtp(96, 30000, 500_000, 1, vp8(false, 9)));
    publisher.send(rtp(96, 30001, 500_000, 1, vp8(true, 10)));
    publisher.send(rtp(96, 30002, 503_000, 1, vp8(false, 11)));

    List<RecordingSink.Sent> got = player.received(0);
    assertThat(got).hasSize(3);
    assertThat(got)
        .extracting(sent -> sent.sequenceNumber() - got.get(0).sequenceNumber())
        .containsExactly(0, 1, 2);
    assertThat(got.get(1).timestamp() - got.get(0).timestamp()).as("40 ms").isEqualTo(3600);
  }
}
