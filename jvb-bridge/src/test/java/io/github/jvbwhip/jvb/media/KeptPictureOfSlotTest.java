package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.jvb.media.SlotRewriter.Start;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A player's stream that begins with what was kept of its source, and goes on with what comes. */
class KeptPictureOfSlotTest {
  private static final long MILLI = 1_000_000L;
  private static final int[] KEYFRAME = {0x90, 0x80, 0x05, 0x10, 0, 0, 0x9D, 1, 0x2A, 0, 0, 0, 0};
  private static final int[] DELTA = {0x90, 0x80, 0x06, 0x11, 0, 0, 0};

  private final SlotRewriter vp8 = slot(Plans.VP8);
  private final SlotRewriter h264 = slot(Plans.H264);

  private static SlotRewriter slot(Codec codec) {
    SlotRewriter slot =
        new SlotRewriter(
            Plans.player(Plans.codec(120, codec, 121)), Plans.CONFERENCE, 4242, new Random(1));
    slot.setTarget(feed(codec, 1));
    return slot;
  }

  private static Feed feed(Codec codec, long ssrc) {
    return Feed.of(
            "e",
            "e-v0",
            ssrc,
            List.of(codec),
            Plans.CONFERENCE,
            Plans.player(Plans.codec(120, codec, -1)))
        .orElseThrow();
  }

  private static Packets delta(int sequenceNumber) {
    return Packets.of(107, sequenceNumber, sequenceNumber * 3000L, 1, 0x41, 0x9A);
  }

  private static Packets keyframe(int sequenceNumber) {
    return Packets.of(107, sequenceNumber, sequenceNumber * 3000L, 1, 0x67, 0x42, 0xE0, 0x1F);
  }

  private static Packets vp8(int sequenceNumber, int[] payload) {
    return vp8Of(1, sequenceNumber, payload);
  }

  private static Packets vp8Of(long ssrc, int sequenceNumber, int[] payload) {
    int[] numbered = payload.clone();
    numbered[2] = sequenceNumber & 0x7F;
    return Packets.of(100, sequenceNumber, sequenceNumber * 3000L, ssrc, numbered);
  }

  private static boolean kept(
      SlotRewriter slot, Packets packet, Feeding of, boolean first, long millis) {
    return slot.rewriteKept(packet.bytes, packet.offset, packet.length, of, first, millis * MILLI);
  }

  private static boolean projected(SlotRewriter slot, Packets packet, Start start, long millis) {
    return slot.rewrite(packet.bytes, packet.offset, packet.length, start, millis * MILLI);
  }

  @Test
  void what_the_bridge_does_not_parse_goes_on_when_all_that_was_kept_is_sent() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    assertThat(projected(h264, delta(90), Start.LOOK, 0)).isFalse();
    assertThat(kept(h264, keyframe(10), feeding, true, 0)).isTrue();
    int first = h264.sequenceNumber();
    long timestamp = h264.timestamp();
    assertThat(h264.isSwitching()).isFalse();
    for (int i = 11; i <= 90; i++) {
      assertThat(kept(h264, delta(i), feeding, false, i - 10)).isTrue();
    }
    assertThat(projected(h264, delta(91), Start.LOOK, 81)).as("not yet").isFalse();
    assertThat(kept(h264, delta(91), feeding, false, 82)).isTrue();
    h264.caughtUp(feeding);

    assertThat(projected(h264, delta(91), Start.LOOK, 83)).as("it was sent").isFalse();
    assertThat(projected(h264, delta(92), Start.LOOK, 84)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(first + 82 & 0xFFFF);
    assertThat(h264.timestamp() - timestamp & 0xFFFFFFFFL).isEqualTo(84 * 90);
    assertThat(feeding.isOver()).isTrue();
    assertThat(kept(h264, delta(92), feeding, false, 85)).as("it comes from there now").isFalse();
    assertThat(projected(h264, delta(93), Start.LOOK, 117)).isTrue();
    assertThat(h264.timestamp() - timestamp & 0xFFFFFFFFL).isEqualTo(84 * 90 + 3000);
  }

  @Test
  void what_the_bridge_parses_goes_on_at_its_keyframe() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isTrue();
    int first = vp8.sequenceNumber();
    assertThat(kept(vp8, vp8(11, DELTA), feeding, false, 1)).isTrue();
    vp8.caughtUp(feeding);
    assertThat(kept(vp8, vp8(12, DELTA), feeding, false, 30)).isTrue();
    assertThat(projected(vp8, vp8(12, DELTA), Start.NO, 30)).isFalse();
    assertThat(projected(vp8, vp8(13, KEYFRAME), Start.YES, 60)).isTrue();
    assertThat(vp8.sequenceNumber()).isEqualTo(first + 3 & 0xFFFF);
    assertThat(kept(vp8, vp8(13, KEYFRAME), feeding, false, 61)).isFalse();
    assertThat(projected(vp8, vp8(14, DELTA), Start.NO, 90)).isTrue();
    assertThat(vp8.sequenceNumber()).isEqualTo(first + 4 & 0xFFFF);
  }

  @Test
  void what_was_kept_of_a_source_that_is_not_wanted_any_more_makes_room_for_the_next() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(vp8.isFedWith(feed(Plans.VP8, 1))).isTrue();
    vp8.setTarget(feed(Plans.VP8, 2));
    assertThat(vp8.isFedWith(feed(Plans.VP8, 2))).isFalse();
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isFalse();
    assertThat(feeding.isOver()).isTrue();

    Feeding next = vp8.feed(feed(Plans.VP8, 2));
    feeding.end();
    assertThat(vp8.isFedWith(feed(Plans.VP8, 2))).isTrue();
    assertThat(kept(vp8, vp8Of(2, 500, KEYFRAME), next, true, 30)).isTrue();
  }

  @Test
  void another_source_goes_on_after_its_keyframe_while_the_one_before_is_fed() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isTrue();
    assertThat(kept(vp8, vp8(11, DELTA), feeding, false, 1)).isTrue();
    vp8.caughtUp(feeding);
    vp8.setTarget(feed(Plans.VP8, 2));
    assertThat(projected(vp8, vp8Of(2, 500, KEYFRAME), Start.YES, 60)).isTrue();
    assertThat(projected(vp8, vp8Of(2, 501, DELTA), Start.NO, 90)).isTrue();
    assertThat(feeding.isOver()).isTrue();
    assertThat(kept(vp8, vp8(12, DELTA), feeding, false, 91)).isFalse();
  }

  @Test
  void another_source_goes_on_after_its_keyframe_when_the_one_before_was_given_up() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isTrue();
    feeding.end();
    vp8.setTarget(feed(Plans.VP8, 2));
    assertThat(projected(vp8, vp8Of(2, 500, KEYFRAME), Start.YES, 60)).isTrue();
    assertThat(projected(vp8, vp8Of(2, 501, DELTA), Start.NO, 90)).isTrue();
  }

  @Test
  void a_source_that_is_fed_goes_on_until_what_was_kept_of_the_next_begins() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isTrue();
    int first = vp8.sequenceNumber();
    vp8.setTarget(feed(Plans.VP8, 2));
    assertThat(vp8.isFedWith(feed(Plans.VP8, 2))).as("it need not wait").isFalse();
    Feeding next = vp8.feed(feed(Plans.VP8, 2));
    assertThat(kept(vp8, vp8(11, DELTA), feeding, false, 1)).isTrue();
    assertThat(kept(vp8, vp8Of(2, 500, KEYFRAME), next, true, 2)).isTrue();
    assertThat(vp8.sequenceNumber()).isEqualTo(first + 2 & 0xFFFF);
    assertThat(feeding.isOver()).isTrue();
    assertThat(kept(vp8, vp8(12, DELTA), feeding, false, 3)).isFalse();
    vp8.caughtUp(feeding);
    assertThat(kept(vp8, vp8Of(2, 501, DELTA), next, false, 4)).isTrue();
  }

  @Test
  void a_source_that_was_fed_goes_on_with_its_keyframe_while_another_one_is_waited_for() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isTrue();
    vp8.setTarget(feed(Plans.VP8, 2));
    assertThat(projected(vp8, vp8(11, KEYFRAME), Start.YES, 33)).isTrue();
    assertThat(projected(vp8, vp8(12, DELTA), Start.NO, 66)).isTrue();
    assertThat(projected(vp8, vp8Of(2, 500, KEYFRAME), Start.YES, 70)).isTrue();
    assertThat(vp8.goesOnWith(1)).isFalse();
  }

  @Test
  void a_kept_picture_that_cannot_be_sent_leaves_the_one_before() {
    assertThat(projected(vp8, vp8(10, KEYFRAME), Start.YES, 0)).isTrue();
    vp8.setTarget(feed(Plans.VP8, 2));
    Feeding feeding = vp8.feed(feed(Plans.VP8, 2));
    Packets otherCodec = Packets.of(107, 500, 1, 2, 0x67, 0x42, 0xE0, 0x1F);
    assertThat(kept(vp8, otherCodec, feeding, true, 1)).isFalse();
    assertThat(feeding.isOver()).isTrue();
    assertThat(projected(vp8, vp8(11, DELTA), Start.NO, 33)).isTrue();
  }

  @Test
  void a_kept_picture_that_needs_the_descriptor_leaves_the_one_before() {
    Codec codec = new Codec(MediaKind.VIDEO, "AV1", 90_000, 1, Map.of());
    SlotRewriter av1 = slot(codec);
    assertThat(projected(av1, Packets.of(41, 10, 0, 1, 0x18, 0x34), Start.YES, 0)).isTrue();
    av1.setTarget(feed(codec, 2));
    Feeding feeding = av1.feed(feed(codec, 2));
    Packets keyframe = Packets.of(41, 500, 0, 2, 0x18, 0x0A, 1, 0);
    assertThat(kept(av1, keyframe, feeding, true, 1)).isFalse();
    assertThat(projected(av1, Packets.of(41, 11, 3000, 1, 0x10, 0x34), Start.NO, 33)).isTrue();
  }

  @Test
  void what_was_kept_comes_too_late_when_the_source_has_begun() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    assertThat(projected(vp8, vp8(20, KEYFRAME), Start.YES, 20)).isTrue();
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 30)).isFalse();
    assertThat(projected(vp8, vp8(21, DELTA), Start.NO, 53)).isTrue();
  }

  @Test
  void a_keyframe_is_waited_for_where_what_was_kept_is_given_up_before_all_is_sent() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    assertThat(kept(h264, keyframe(10), feeding, true, 0)).isTrue();
    assertThat(h264.isSwitching()).isFalse();
    feeding.end();
    assertThat(projected(h264, delta(90), Start.LOOK, 5)).isFalse();
    assertThat(h264.isSwitching()).isTrue();
    assertThat(projected(h264, keyframe(100), Start.LOOK, 300)).isTrue();
    assertThat(h264.isSwitching()).isFalse();
  }

  @Test
  void what_was_given_up_can_be_fed_anew() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    assertThat(kept(h264, keyframe(10), feeding, true, 0)).isTrue();
    int first = h264.sequenceNumber();
    feeding.end();
    Feeding again = h264.feed(feed(Plans.H264, 1));
    assertThat(kept(h264, keyframe(50), again, true, 40)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(first + 1 & 0xFFFF);
    assertThat(h264.isSwitching()).isFalse();
  }

  @Test
  void a_source_that_the_bridge_has_stopped_is_fed_no_longer() {
    Feeding feeding = vp8.feed(feed(Plans.VP8, 1));
    vp8.pause("other", 0);
    assertThat(feeding.isOver()).isFalse();
    vp8.pause("e-v0", 0);
    assertThat(feeding.isOver()).as("before it has begun").isTrue();
    assertThat(kept(vp8, vp8(10, KEYFRAME), feeding, true, 0)).isFalse();

    Feeding next = vp8.feed(feed(Plans.VP8, 1));
    assertThat(kept(vp8, vp8(10, KEYFRAME), next, true, 0)).isTrue();
    vp8.pause("e-v0", 1);
    assertThat(next.isOver()).isTrue();
    assertThat(vp8.isSwitching()).isTrue();
  }

  @Test
  void the_end_of_something_else_that_was_kept_means_nothing() {
    Feeding before = h264.feed(feed(Plans.H264, 1));
    kept(h264, keyframe(10), before, true, 0);
    before.end();
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    kept(h264, keyframe(50), feeding, true, 40);
    h264.caughtUp(before);
    assertThat(projected(h264, delta(51), Start.LOOK, 41)).as("not yet").isFalse();
    h264.caughtUp(feeding);
    assertThat(projected(h264, delta(51), Start.LOOK, 42)).isTrue();
  }

  @Test
  void nothing_is_reported_while_timestamps_are_squeezed() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    kept(h264, keyframe(10), feeding, true, 0);
    byte[] report = new byte[64];
    SenderReport.write(report, 0, 0, 1, 99, 40_000, 10, 1000);
    assertThat(h264.translate(report, 0)).isFalse();
    h264.caughtUp(feeding);
    projected(h264, delta(11), Start.LOOK, 5);
    assertThat(h264.translate(report, 0)).isTrue();
    assertThat(SenderReport.rtpTimestamp(report, 0) - h264.timestamp() & 0xFFFFFFFFL)
        .isEqualTo(40_000 - 33_000);
  }
}
