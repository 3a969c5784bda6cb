package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.jvb.media.SlotRewriter.Start;
import java.util.List;
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
    int[] numbered = payload.clone();
    numbered[2] = sequenceNumber & 0x7F;
    return Packets.of(100, sequenceNumber, sequenceNumber * 3000L, 1, numbered);
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
    h264.caughtUp();

    assertThat(projected(h264, delta(91), Start.LOOK, 83)).as("it was sent").isFalse();
    assertThat(projected(h264, delta(92), Start.LOOK, 84)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(first + 82 & 0xFFFF);
    assertThat(h264.timestamp() - timestamp & 0xFFFFFFFFL).isEqualTo(84 * 90);
    assertThat(h264.isFedBy(feeding)).isFalse();
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
    vp8.caughtUp();
    assertThat(kept(vp8, vp8(12, DELTA), feeding, false, 30)).isTrue();
    assertThat(projected(vp8, vp8(12, DELTA), Start.NO, 30)).isFalse();
    assertThat(projected(vp8, vp8(13, KEYFRAME), Start.YES, 60)).isTrue();
    assertThat(vp8.sequenceNumber()).isEqualTo(first + 3 & 0xFFFF);
    assertThat(kept(vp8, vp8(13, KEYFRAME), feeding, false, 61)).isFalse();
    assertThat(projected(vp8, vp8(14, DELTA), Start.NO, 90)).isTrue();
    assertThat(vp8.sequenceNumber()).isEqualTo(first + 4 & 0xFFFF);
  }

  @Test
  void what_was_kept_of_a_source_that_is_not_shown_any_more_is_not_sent() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    h264.setTarget(feed(Plans.H264, 2));
    assertThat(kept(h264, keyframe(10), feeding, true, 0)).isFalse();

    Feeding next = h264.feed(feed(Plans.H264, 2));
    assertThat(h264.isFedBy(feeding)).isFalse();
    h264.stop(feeding);
    assertThat(h264.isFedBy(next)).isTrue();
  }

  @Test
  void nothing_is_reported_while_timestamps_are_squeezed() {
    Feeding feeding = h264.feed(feed(Plans.H264, 1));
    kept(h264, keyframe(10), feeding, true, 0);
    byte[] report = new byte[64];
    SenderReport.write(report, 0, 0, 1, 99, 40_000, 10, 1000);
    assertThat(h264.translate(report, 0)).isFalse();
    h264.caughtUp();
    projected(h264, delta(11), Start.LOOK, 5);
    assertThat(h264.translate(report, 0)).isTrue();
    assertThat(SenderReport.rtpTimestamp(report, 0) - h264.timestamp() & 0xFFFFFFFFL)
        .isEqualTo(40_000 - 33_000);
  }
}
