package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.Media.codec;
import static io.github.jvbwhip.embedded.forward.Media.playedVideo;
import static io.github.jvbwhip.embedded.forward.Media.publishedVideo;
import static io.github.jvbwhip.embedded.forward.Media.simulcast;
import static io.github.jvbwhip.embedded.forward.Media.video;
import static io.github.jvbwhip.embedded.forward.TestPublisher.rtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Publishers that send their parameter sets once, or tell them in their offer alone. */
class ParameterSetsTest {
  private static final byte[] SPS = hex("6742c01f8d68");
  private static final byte[] PPS = hex("68ce3c80");
  private static final byte[] BOTH = hex("7800066742c01f8d68000468ce3c80");
  private static final byte[] IDR = hex("658884");
  private static final byte[] SLICE = hex("419a00");
  private static final int MARKER = 0x80;

  private final TestRoom room = new TestRoom();

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private TestPlayer player() {
    return room.player("s", playedVideo("v", codec(120, video("H264"))));
  }

  private TestPublisher publisher() {
    return room.publisher("s", publishedVideo(1, codec(96, video("H264"))));
  }

  private static List<byte[]> payloads(TestPlayer player) {
    return player.received(0).stream().map(RecordingSink.Sent::payload).toList();
  }

  private static void assertContinuous(TestPlayer player) {
    List<Integer> steps = new ArrayList<>();
    List<RecordingSink.Sent> got = player.received(0);
    for (int i = 1; i < got.size(); i++) {
      steps.add(got.get(i).sequenceNumber() - got.get(i - 1).sequenceNumber() & 0xFFFF);
    }
    assertThat(steps).containsOnly(1);
  }

  @Test
  void who_joins_after_they_came_gets_them_before_the_next_keyframe() {
    TestPublisher publisher = publisher();
    TestPlayer early = player();
    publisher.send(rtp(96, 1, 3000, 1, SPS));
    publisher.send(rtp(96, 2, 3000, 1, PPS));
    publisher.send(rtp(96, 3, 3000, 1, IDR));
    publisher.send(rtp(96, 4, 6000, 1, SLICE));

    TestPlayer late = player();
    publisher.send(rtp(96, 5, 9000, 1, SLICE));
    byte[] last = rtp(96, 6, 12_000, 1, IDR, Media.MID, "v");
    last[1] |= (byte) MARKER;
    publisher.send(last);
    publisher.send(rtp(96, 7, 15_000, 1, SLICE));

    assertThat(payloads(late)).containsExactly(BOTH, IDR, SLICE);
    assertThat(payloads(early)).containsExactly(SPS, PPS, IDR, SLICE, SLICE, BOTH, IDR, SLICE);
    assertContinuous(late);
    assertContinuous(early);
    RecordingSink.Sent sets = late.received(0).get(0);
    RecordingSink.Sent keyframe = late.received(0).get(1);
    assertThat(sets.timestamp()).isEqualTo(keyframe.timestamp());
    assertThat(sets.bytes()[1] & MARKER).as("more of the picture follows").isZero();
    assertThat(keyframe.bytes()[1] & MARKER).isNotZero();
    assertThat(sets.extension(Media.PLAYER_MID)).isEqualTo(new byte[] {'v'});
  }

  @Test
  void those_of_the_offer_do_too() {
    Codec told =
        new Codec(
            MediaKind.VIDEO,
            "H264",
            90_000,
            1,
            Map.of("sprop-parameter-sets", "Z0LAH41o,aM48gA=="));
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, told)));
    TestPlayer player = player();

    publisher.send(rtp(96, 1, 3000, 1, IDR));
    publisher.send(rtp(96, 2, 6000, 1, SLICE));

    assertThat(payloads(player)).containsExactly(BOTH, IDR, SLICE);
    assertContinuous(player);
  }

  @Test
  void without_them_nobody_goes_over_to_a_picture_that_cannot_be_decoded() {
    TestPublisher publisher = publisher();
    TestPlayer player = player();

    publisher.send(rtp(96, 1, 3000, 1, IDR));
    assertThat(payloads(player)).isEmpty();
    publisher.send(rtp(96, 2, 6000, 1, SPS));
    publisher.send(rtp(96, 3, 6000, 1, PPS));
    publisher.send(rtp(96, 4, 6000, 1, IDR));
    assertThat(payloads(player)).containsExactly(SPS, PPS, IDR);
  }

  @Test
  void an_encoder_that_starts_anew_need_not_tell_them_again() {
    TestPublisher publisher = publisher();
    publisher.send(rtp(96, 1, 3000, 1, BOTH));
    publisher.send(rtp(96, 2, 3000, 1, IDR));
    TestPlayer player = player();

    publisher.send(rtp(96, 20_000, 77, 1, SLICE));
    publisher.send(rtp(96, 20_001, 77, 1, SLICE));
    publisher.send(rtp(96, 20_002, 3077, 1, IDR));
    publisher.send(rtp(96, 1, 5, 2, IDR, Media.MID, "v"));

    assertThat(payloads(player)).containsExactly(BOTH, IDR, BOTH, IDR);
    assertContinuous(player);
  }

  @Test
  void each_encoding_of_a_simulcast_has_its_own() {
    byte[] otherSps = hex("6742c0148d00");
    TestPublisher publisher =
        room.publisher("s", simulcast(List.of("a", "b"), codec(96, video("H264"))));
    publisher.send(rtp(96, 1, 3000, 1, SPS, Media.MID, "v", Media.RID, "a"));
    publisher.send(rtp(96, 2, 3000, 1, PPS));
    publisher.send(rtp(96, 3, 3000, 1, IDR));
    publisher.send(rtp(96, 1, 3000, 2, otherSps, Media.MID, "v", Media.RID, "b"));
    publisher.send(rtp(96, 2, 3000, 2, PPS));
    publisher.send(rtp(96, 3, 3000, 2, IDR));
    room.pass(2000);

    TestPlayer player = player();
    publisher.send(rtp(96, 4, 183_000, 1, IDR));
    publisher.send(rtp(96, 4, 183_000, 2, IDR));
    assertThat(payloads(player))
        .containsExactly(BOTH, IDR, hex("7800066742c0148d00000468ce3c80"), IDR);
    assertContinuous(player);
  }

  @Test
  void what_was_lost_before_a_completed_keyframe_finds_its_number() {
    TestPublisher publisher = publisher();
    TestPlayer player = player();
    publisher.send(rtp(96, 1, 3000, 1, BOTH));
    publisher.send(rtp(96, 2, 3000, 1, IDR));
    publisher.send(rtp(96, 4, 9000, 1, IDR));
    publisher.send(rtp(96, 3, 6000, 1, SLICE));
    publisher.send(rtp(96, 5, 12_000, 1, SLICE));

    int first = player.received(0).get(0).sequenceNumber();
    assertThat(payloads(player)).containsExactly(BOTH, IDR, BOTH, IDR, SLICE, SLICE);
    assertThat(player.received(0))
        .extracting(sent -> sent.sequenceNumber() - first)
        .containsExactly(0, 1, 3, 4, 2, 5);
  }

  /** As SVT-AV1 encodes them. */
  @Test
  void a_sequence_header_goes_into_the_keyframes_that_come_without() {
    byte[] whole = hex("280b0800000002afff9f7f200830140022000000078040d7");
    byte[] keyframe = hex("1030140022000000078040d7");
    byte[] frame = hex("103032010804924911a8");
    TestPublisher publisher = room.publisher("s", publishedVideo(1, codec(96, video("AV1"))));
    TestPlayer early = room.player("s", playedVideo("v", codec(120, video("AV1"))));
    publisher.send(rtp(96, 1, 3000, 1, whole));
    publisher.send(rtp(96, 2, 6000, 1, frame));

    TestPlayer late = room.player("s", playedVideo("v", codec(120, video("AV1"))));
    publisher.send(rtp(96, 3, 9000, 1, frame));
    publisher.send(rtp(96, 4, 12_000, 1, keyframe));
    publisher.send(rtp(96, 5, 15_000, 1, frame));
    publisher.send(rtp(96, 700, 18_000, 2, keyframe, Media.MID, "v"));

    assertThat(payloads(late)).containsExactly(whole, frame, whole);
    assertThat(payloads(early)).containsExactly(whole, frame, frame, whole, frame, whole);
    assertContinuous(late);
    assertContinuous(early);
  }

  @Test
  void sets_of_two_encoders_are_not_put_together() {
    TestPublisher publisher = publisher();
    TestPlayer player = player();
    publisher.send(rtp(96, 1, 3000, 1, BOTH));
    publisher.send(rtp(96, 2, 3000, 1, IDR));
    byte[] otherSps = hex("6742c0148d00");
    publisher.send(rtp(96, 700, 50, 2, otherSps, Media.MID, "v"));
    publisher.send(rtp(96, 702, 50, 2, IDR));
    publisher.send(rtp(96, 701, 50, 2, PPS));
    publisher.send(rtp(96, 703, 3050, 2, IDR));

    assertThat(payloads(player))
        .containsExactly(BOTH, IDR, otherSps, IDR, PPS, hex("7800066742c0148d00000468ce3c80"), IDR);
  }
}
