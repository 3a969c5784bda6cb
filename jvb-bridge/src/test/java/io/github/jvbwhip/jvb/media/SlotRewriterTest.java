package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.EgressMedia;
import io.github.jvbwhip.core.bridge.HeaderExtensionType;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.rtp.RtpHeader;
import io.github.jvbwhip.core.rtp.extension.HeaderExtensions;
import io.github.jvbwhip.core.rtp.rtcp.SenderReport;
import io.github.jvbwhip.jvb.media.SlotRewriter.Start;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotRewriterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int[] KEYFRAME = {0x90, 0x80, 0x05, 0x10, 0, 0, 0x9D, 1, 0x2A, 0, 0, 0, 0};
  private static final int[] DELTA = {0x90, 0x80, 0x06, 0x11, 0, 0, 0};

  private final SlotRewriter slot =
      new SlotRewriter(
          Plans.player(Plans.codec(120, Plans.VP8, 121)), Plans.CONFERENCE, 4242, new Random(1));

  @Test
  void nothing_passes_before_a_keyframe_of_the_target() {
    slot.setTarget(feed(1));

    assertThat(rewrite(Packets.of(100, 5, 0, 1, DELTA), Start.NO, 0)).isFalse();
    assertThat(slot.isSwitching()).isTrue();
    assertThat(rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0)).isTrue();
    assertThat(slot.isSwitching()).isFalse();
    assertThat(slot.payloadType()).isEqualTo(120);
    assertThat(slot.totals())
        .isEqualTo(new PacketTotals(1, Map.of(DropReason.BEFORE_KEYFRAME, 1L)));
  }

  @Test
  void another_source_is_taken_over_at_its_keyframe_without_a_gap() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 6, 9000, 1, KEYFRAME), Start.YES, 0);
    int sequence = slot.sequenceNumber();
    long timestamp = slot.timestamp();

    slot.setTarget(feed(2));
    assertThat(rewrite(Packets.of(100, 900, 77, 2, DELTA), Start.NO, 0)).isFalse();
    assertThat(rewrite(Packets.of(100, 7, 12000, 1, DELTA), Start.NO, 0)).isTrue();
    assertThat(slot.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
    assertThat(rewrite(Packets.of(100, 901, 3077, 2, KEYFRAME), Start.YES, SECOND)).isTrue();
    assertThat(slot.sequenceNumber()).isEqualTo(sequence + 2 & 0xFFFF);
    assertThat(slot.timestamp() - timestamp & 0xFFFFFFFFL).isBetween(90_000L, 96_000L);
    assertThat(rewrite(Packets.of(100, 8, 15000, 1, DELTA), Start.NO, SECOND)).isFalse();
  }

  @Test
  void where_the_bridge_does_not_parse_the_codec_the_payload_tells() {
    SlotRewriter h264 = h264();

    assertThat(look(h264, delta(1, 0), 0)).isFalse();
    assertThat(look(h264, keyframe(2, 0), 0)).isTrue();
  }

  @Test
  void what_the_bridge_left_out_of_such_a_codec_is_no_gap() {
    SlotRewriter h264 = h264();
    look(h264, keyframe(1, 0), 0);
    look(h264, delta(2, 3000), 0);
    int sequence = h264.sequenceNumber();

    h264.pause("e-v0", SECOND);
    assertThat(look(h264, delta(300, 450_000), 5 * SECOND)).isFalse();
    assertThat(h264.isSwitching()).isTrue();
    assertThat(look(h264, keyframe(301, 453_000), 5 * SECOND)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
    assertThat(look(h264, delta(302, 456_000), 5 * SECOND)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(sequence + 2 & 0xFFFF);
  }

  @Test
  void what_is_lost_stays_a_gap() {
    SlotRewriter h264 = h264();
    look(h264, keyframe(1, 0), 0);
    int sequence = h264.sequenceNumber();

    h264.pause("another", SECOND);
    assertThat(look(h264, delta(4, 90_000), SECOND)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(sequence + 3 & 0xFFFF);
  }

  @Test
  void a_pause_that_left_nothing_out_is_forgotten() {
    SlotRewriter h264 = h264();
    look(h264, keyframe(1, 0), 0);
    h264.pause("e-v0", 0);

    assertThat(look(h264, delta(2, 3000), SECOND)).isTrue();
    assertThat(look(h264, delta(3, 3000), 3 * SECOND)).isTrue();
    assertThat(look(h264, delta(6, 6000), 3 * SECOND)).isTrue();
  }

  private static SlotRewriter h264() {
    SlotRewriter slot =
        new SlotRewriter(
            Plans.player(Plans.codec(120, Plans.H264, 121)), Plans.CONFERENCE, 4242, new Random(1));
    slot.setTarget(
        Feed.of(
                "e",
                "e-v0",
                1,
                List.of(Plans.H264),
                Plans.CONFERENCE,
                Plans.player(Plans.codec(120, Plans.H264, -1)))
            .orElseThrow());
    return slot;
  }

  private static Packets delta(int sequenceNumber, long timestamp) {
    return Packets.of(107, sequenceNumber, timestamp, 1, 0x41, 0x9A);
  }

  private static Packets keyframe(int sequenceNumber, long timestamp) {
    return Packets.of(107, sequenceNumber, timestamp, 1, 0x67, 0x42, 0xE0, 0x1F);
  }

  private static boolean look(SlotRewriter slot, Packets packet, long nowNanos) {
    return slot.rewrite(packet.bytes, packet.offset, packet.length, Start.LOOK, nowNanos);
  }

  @Test
  void a_payload_type_that_the_player_does_not_have_leaves_no_gap() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0);
    int sequence = slot.sequenceNumber();

    assertThat(rewrite(Packets.of(107, 7, 3000, 1, 0x41), Start.NO, 0)).isFalse();
    assertThat(rewrite(Packets.of(107, 8, 3000, 1, 0x41), Start.NO, 0)).isFalse();
    assertThat(rewrite(Packets.of(100, 9, 6000, 1, DELTA), Start.NO, 0)).isTrue();
    assertThat(slot.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
  }

  @Test
  void nothing_begins_with_a_payload_type_that_the_player_does_not_have() {
    slot.setTarget(feed(1));

    assertThat(rewrite(Packets.of(107, 6, 0, 1, 0x65), Start.YES, 0)).isFalse();
    assertThat(slot.isSwitching()).isTrue();
  }

  @Test
  void a_picture_without_a_number_is_not_sent_and_leaves_no_gap() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0);
    int sequence = slot.sequenceNumber();
    int[] before = DELTA.clone();
    before[2] = KEYFRAME[2] - 1;

    assertThat(rewrite(Packets.of(100, 7, 3000, 1, before), Start.NO, 0)).isFalse();
    assertThat(rewrite(Packets.of(100, 8, 3000, 1, DELTA), Start.NO, 0)).isTrue();
    assertThat(slot.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
  }

  @Test
  void a_source_that_starts_its_numbers_anew_is_taken_over_at_its_keyframe() {
    SlotRewriter h264 = h264();
    look(h264, keyframe(20_000, 0), 0);
    int sequence = h264.sequenceNumber();

    assertThat(look(h264, delta(5, 3000), 0)).as("out of sequence").isFalse();
    assertThat(look(h264, delta(6, 3000), 0)).as("not a keyframe").isFalse();
    assertThat(h264.isSwitching()).isTrue();
    assertThat(look(h264, keyframe(7, 6000), 0)).isTrue();
    assertThat(h264.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
    assertThat(look(h264, delta(8, 9000), 0)).isTrue();
  }

  @Test
  void audio_that_starts_its_numbers_anew_goes_on_at_once() {
    SlotRewriter audio =
        new SlotRewriter(
            Plans.player(Plans.codec(120, Plans.OPUS, -1)), Plans.CONFERENCE, 4242, new Random(1));
    audio.setTarget(
        Feed.of(
                "e",
                "e-a0",
                1,
                List.of(Plans.OPUS),
                Plans.CONFERENCE,
                Plans.player(Plans.codec(120, Plans.OPUS, -1)))
            .orElseThrow());
    look(audio, Packets.of(111, 20_000, 0, 1, 1), 0);
    int sequence = audio.sequenceNumber();

    assertThat(look(audio, Packets.of(111, 5, 960, 1, 1), 0)).isFalse();
    assertThat(look(audio, Packets.of(111, 6, 1920, 1, 1), 0)).isTrue();
    assertThat(audio.sequenceNumber()).isEqualTo(sequence + 1 & 0xFFFF);
  }

  @Test
  void nothing_is_sent_twice() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0);

    assertThat(rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0)).isFalse();
    assertThat(slot.totals()).isEqualTo(new PacketTotals(1, Map.of(DropReason.STRAY, 1L)));
  }

  @Test
  void timestamps_go_on_in_the_clock_of_the_codec_that_is_sent() {
    Codec pcmu = new Codec(MediaKind.AUDIO, "PCMU", 8000, 1, Map.of());
    EgressMedia media =
        new EgressMedia(
            "a",
            MediaKind.AUDIO,
            List.of(Plans.codec(109, Plans.OPUS, -1), Plans.codec(0, pcmu, -1)),
            List.of());
    List<Codec> codecs = List.of(Plans.OPUS, pcmu);
    SlotRewriter audio = new SlotRewriter(media, Plans.CONFERENCE, 4242, new Random(1));
    audio.setTarget(audioFeed(1, codecs, media));
    look(audio, Packets.of(111, 1, 500, 1, 1), 0);
    long opus = audio.timestamp();

    audio.setTarget(audioFeed(2, codecs, media));
    look(audio, Packets.of(0, 1, 70, 2, 1), SECOND);
    long first = audio.timestamp();
    assertThat(first - opus & 0xFFFFFFFFL).isEqualTo(48_000);
    look(audio, Packets.of(0, 2, 230, 2, 1), SECOND + SECOND / 50);
    assertThat(audio.timestamp() - first & 0xFFFFFFFFL).isEqualTo(160);

    audio.setTarget(audioFeed(3, codecs, media));
    look(audio, Packets.of(111, 1, 9, 3, 1), 2 * SECOND + SECOND / 50);
    assertThat(audio.timestamp() - first & 0xFFFFFFFFL).isEqualTo(160 + 8000);
  }

  private static Feed audioFeed(long ssrc, List<Codec> codecs, EgressMedia media) {
    return Feed.of("e", "e-a0", ssrc, codecs, Plans.CONFERENCE, media).orElseThrow();
  }

  @Test
  void of_av1_a_player_without_the_descriptor_gets_the_lowest_spatial_layer_as_whole_pictures() {
    Codec codec = new Codec(MediaKind.VIDEO, "AV1", 90_000, 1, Map.of());
    EgressMedia media =
        new EgressMedia("1", MediaKind.VIDEO, List.of(Plans.codec(120, codec, -1)), List.of());
    SlotRewriter av1 = new SlotRewriter(media, Plans.CONFERENCE, 4242, new Random(1));
    av1.setTarget(Feed.of("e", "e-v0", 1, List.of(codec), Plans.CONFERENCE, media).orElseThrow());
    Packets keyframe = Packets.of(41, 1, 0, 1, 0x58, 0x34, 0, 0);
    Packets end = Packets.of(41, 2, 0, 1, 0x90, 0xAA);
    Packets above = Packets.of(41, 3, 0, 1, 0x10, 0x34, 8, 0);
    Packets next = Packets.of(41, 4, 3000, 1, 0x10, 0x34, 0, 0);

    assertThat(look(av1, above, 0)).as("nothing begins there").isFalse();
    assertThat(rewrite(av1, keyframe, Start.YES)).isTrue();
    int first = av1.sequenceNumber();
    assertThat(rewrite(av1, end, Start.NO)).isTrue();
    assertThat(rewrite(av1, above, Start.NO)).isFalse();
    assertThat(rewrite(av1, next, Start.NO)).isTrue();
    assertThat(av1.sequenceNumber()).isEqualTo(first + 2 & 0xFFFF);
    assertThat(List.of(keyframe, end, next))
        .extracting(packet -> packet.bytes[packet.offset + 1] < 0)
        .as("the marker")
        .containsExactly(false, true, true);
    assertThat(av1.totals()).isEqualTo(new PacketTotals(3, Map.of(DropReason.ABOVE_LAYER, 2L)));
  }

  /** A retransmission on the way from the publisher comes behind what was sent later. */
  @Test
  void a_late_packet_of_the_lowest_layer_is_forwarded() {
    Codec codec = new Codec(MediaKind.VIDEO, "AV1", 90_000, 1, Map.of());
    EgressMedia media =
        new EgressMedia("1", MediaKind.VIDEO, List.of(Plans.codec(120, codec, -1)), List.of());
    SlotRewriter av1 = new SlotRewriter(media, Plans.CONFERENCE, 4242, new Random(1));
    av1.setTarget(Feed.of("e", "e-v0", 1, List.of(codec), Plans.CONFERENCE, media).orElseThrow());
    Packets late = Packets.of(41, 2, 0, 1, 0x90, 0xAA);

    assertThat(rewrite(av1, Packets.of(41, 1, 0, 1, 0x58, 0x34, 0, 0), Start.YES)).isTrue();
    assertThat(rewrite(av1, Packets.of(41, 3, 0, 1, 0x50, 0x34, 8, 0), Start.NO)).isFalse();
    assertThat(rewrite(av1, Packets.of(41, 4, 0, 1, 0x90, 0xAA), Start.NO)).isFalse();
    assertThat(rewrite(av1, late, Start.NO)).isTrue();
    assertThat(late.bytes[late.offset + 1]).as("marker").isNegative();
  }

  private static boolean rewrite(SlotRewriter slot, Packets packet, Start start) {
    return slot.rewrite(packet.bytes, packet.offset, packet.length, start, 0);
  }

  @Test
  void a_conference_may_have_other_numbers() {
    ConferenceNumbers other =
        new ConferenceNumbers(
            Map.of(CodecType.VP8, 100 - 4, CodecType.H264, 100),
            Map.of(HeaderExtensionType.DEPENDENCY_DESCRIPTOR, 5));
    EgressMedia media = Plans.player(Plans.codec(120, Plans.VP8, -1));
    SlotRewriter mapped = new SlotRewriter(media, other, 4242, new Random(1));
    mapped.setTarget(Feed.of("e", "e-v0", 1, List.of(Plans.VP8), other, media).orElseThrow());
    Packets packet =
        Packets.with(96, 1, 0, 1, new int[] {5, 11}, new String[] {"DDD", "X"}, KEYFRAME);

    assertThat(look(mapped, packet, 0)).isTrue();
    assertThat(mapped.payloadType()).isEqualTo(120);
    assertThat(HeaderExtensions.length(find(packet, 2))).isEqualTo(3);
    assertThat(find(packet, 11)).isEqualTo(HeaderExtensions.NONE);
    assertThat(look(mapped, Packets.of(100, 2, 0, 1, 0x65), 0)).as("H264").isFalse();
  }

  @Test
  void header_extensions_get_the_players_ids() {
    slot.setTarget(feed(1));
    Packets packet =
        Packets.with(100, 1, 0, 1, new int[] {1, 11, 13}, new String[] {"L", "DDD", "O"}, KEYFRAME);
    rewrite(packet, Start.YES, 0);

    assertThat(find(packet, 3)).isNotEqualTo(HeaderExtensions.NONE);
    assertThat(find(packet, 2)).isNotEqualTo(HeaderExtensions.NONE);
    assertThat(find(packet, 13)).isEqualTo(HeaderExtensions.NONE);
    assertThat(slot.descriptorId()).isEqualTo(2);
  }

  @Test
  void sender_reports_follow_the_stream() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 6, 9000, 1, KEYFRAME), Start.YES, 0);
    byte[] report = new byte[64];
    SenderReport.write(report, 3, 0, 1, 1L << 40, 9000, 5, 6);
    byte[] other = new byte[64];
    SenderReport.write(other, 3, 0, 2, 1L << 40, 9000, 5, 6);

    assertThat(slot.translate(report, 3)).isTrue();
    assertThat(SenderReport.ssrc(report, 3)).isEqualTo(4242);
    assertThat(SenderReport.rtpTimestamp(report, 3)).isEqualTo(slot.timestamp());
    assertThat(SenderReport.ntpTime(report, 3)).isEqualTo(1L << 40);
    assertThat(slot.translate(other, 3)).isFalse();
  }

  @Test
  void a_codec_that_the_player_did_not_take_is_not_for_it() {
    assertThat(
            Feed.of(
                "e",
                "e-v0",
                1,
                List.of(Plans.H264),
                Plans.CONFERENCE,
                Plans.player(Plans.codec(120, Plans.VP8, -1))))
        .isEmpty();
  }

  @Test
  void what_is_dropped_is_counted_by_its_reason() {
    slot.setTarget(feed(1));
    rewrite(Packets.of(100, 5, 0, 1, DELTA), Start.NO, 0);
    rewrite(Packets.of(100, 6, 0, 1, KEYFRAME), Start.YES, 0);
    rewrite(Packets.of(100, 4, 0, 1, DELTA), Start.NO, 0);
    rewrite(Packets.of(107, 7, 3000, 1, DELTA), Start.NO, 0);
    PacketTotals totals = slot.totals();
    rewrite(Packets.of(100, 8, 6000, 1, DELTA), Start.NO, 0);

    assertThat(totals)
        .isEqualTo(
            new PacketTotals(
                1,
                Map.of(
                    DropReason.BEFORE_KEYFRAME,
                    1L,
                    DropReason.LATE,
                    1L,
                    DropReason.PAYLOAD_TYPE,
                    1L)));
    assertThat(slot.totals().since(totals)).isEqualTo(new PacketTotals(1, Map.of()));
  }

  @Test
  void nothing_is_allocated_per_packet() {
    slot.setTarget(feed(1));
    Packets packet = Packets.with(100, 6, 0, 1, new int[] {1}, new String[] {"L"}, KEYFRAME);
    byte[] original = packet.bytes.clone();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long allocated = 0;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 1000; i++) {
        System.arraycopy(original, 0, packet.bytes, 0, original.length);
        RtpHeader.setSequenceNumber(packet.bytes, packet.offset, round * 1000 + i & 0xFFFF);
        slot.rewrite(packet.bytes, packet.offset, packet.length, Start.YES, i);
      }
      allocated = threads.getThreadAllocatedBytes(thread) - before;
    }
    assertThat(slot.totals()).isEqualTo(new PacketTotals(20_000, Map.of()));
    assertThat(allocated).isLessThan(1000);
  }

  private boolean rewrite(Packets packet, Start start, long nanos) {
    return slot.rewrite(packet.bytes, packet.offset, packet.length, start, nanos);
  }

  private static long find(Packets packet, int id) {
    return HeaderExtensions.find(packet.bytes, packet.offset, id);
  }

  private static Feed feed(long ssrc) {
    return Feed.of(
            "endpoint",
            "endpoint-v0",
            ssrc,
            List.of(Plans.VP8),
            Plans.CONFERENCE,
            Plans.player(Plans.codec(120, Plans.VP8, 121)))
        .orElseThrow();
  }
}
