package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With units as SVT-AV1, libaom and rav1e encode them. */
class SequenceHeaderTest {
  private static final String HEADER = "0800000002afff9f7f2008";
  private static final String KEYFRAME = "30140022000000078040d7";
  private static final String FRAME = "3032010804924911a8";

  private static final int N = 0x08;

  private final SequenceHeader header = new SequenceHeader();

  /** Reads a payload, at two places; whether it lacks the header, and its first byte then. */
  private String read(String hex, long timestamp) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    boolean lacked = header.isLackedBy(p.bytes, 7, p.len, timestamp);
    boolean marked = (p.bytes[7] & N) != 0;
    assertThat(p.hex(8, p.len - 1)).isEqualTo(hex.replace(" ", "").substring(2));
    return lacked ? "lacks" : marked ? "begins" : "";
  }

  private String completed(String hex, long timestamp) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(header.isLackedBy(p.bytes, 7, p.len, timestamp)).isTrue();
    int length = header.insert(p.bytes, 7, p.len);
    assertThat(length - p.len).isBetween(1, header.growth());
    assertThat(p.bytes[6]).as("what is before it").isEqualTo((byte) 0xA5);
    return p.hex(7, length);
  }

  private void learn() {
    assertThat(read("28 0b" + HEADER + KEYFRAME, 0)).isEqualTo("begins");
  }

  @Test
  void a_header_that_came_once_is_lacked_by_each_later_keyframe() {
    learn();
    assertThat(read("10" + FRAME, 3000)).isEmpty();

    assertThat(read("10" + KEYFRAME, 6000)).isEqualTo("lacks");
    assertThat(read("50" + KEYFRAME, 9000)).as("in fragments").isEqualTo("lacks");
    assertThat(read("90" + KEYFRAME, 12_000)).as("the end of it").isEmpty();
    assertThat(read("a0 022800" + KEYFRAME, 13_000)).as("behind the end of another").isEmpty();
    assertThat(read("20 02 2800" + KEYFRAME, 15_000)).as("after metadata").isEqualTo("lacks");
    assertThat(read("10 1c 00 10", 18_000)).as("a frame header of its own").isEqualTo("lacks");
    assertThat(read("28 0b" + HEADER + KEYFRAME, 21_000)).isEqualTo("begins");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one unit, 10 " + KEYFRAME + ", 28 0b" + HEADER + KEYFRAME,
    "one that goes on, 50 " + KEYFRAME + ", 68 0b" + HEADER + KEYFRAME,
    "one with its length, 00 0b" + KEYFRAME + ", 08 0b" + HEADER + "0b" + KEYFRAME,
    "two units, 20 022800" + KEYFRAME + ", 38 0b" + HEADER + "022800" + KEYFRAME,
    "three, 70 022800022801" + KEYFRAME + ", 48 0b" + HEADER + "0228000228010b" + KEYFRAME,
    "after a delimiter, 20 0110" + KEYFRAME + ", 38 01100b" + HEADER + KEYFRAME,
    "marked already, 18 " + KEYFRAME + ", 28 0b" + HEADER + KEYFRAME,
    "with layers, 10 340014, 28 0b" + HEADER + "340014",
    "with its size, 10 320114, 28 0b" + HEADER + "320114",
  })
  void it_goes_before_the_other_units(String name, String hex, String whole) {
    learn();
    assertThat(completed(hex, 6000)).isEqualTo(whole.replace(" ", ""));
  }

  @Test
  void a_long_unit_behind_two_others_gets_its_length() {
    learn();
    String frame = KEYFRAME + "ab".repeat(189); // 200 bytes
    byte[] b = new byte[207 + header.growth()];
    PacketBuffer payload = PacketBuffer.of(0, "30 022800 022801" + frame);
    System.arraycopy(payload.bytes, 0, b, 0, 207);
    assertThat(header.isLackedBy(b, 0, 207, 6000)).isTrue();
    int length = header.insert(b, 0, 207);
    assertThat(PacketBuffer.of(0, b).hex(0, length))
        .isEqualTo("080b" + HEADER + "022800022801" + "c801" + frame);
  }

  @Test
  void nothing_begins_while_the_header_is_not_known() {
    assertThat(read("18" + KEYFRAME, 0)).isEmpty();
    assertThat(read("28 0b" + HEADER + KEYFRAME, 3000)).isEqualTo("begins");
    assertThat(read("18" + KEYFRAME, 6000)).isEqualTo("lacks");
  }

  @Test
  void a_header_in_a_packet_of_its_own_begins_the_picture() {
    assertThat(read("18" + HEADER, 0)).isEqualTo("begins");
    assertThat(read("18" + KEYFRAME, 0)).as("the same picture").isEmpty();
    assertThat(read("10 34 08 14", 0)).as("another layer of it").isEmpty();
    assertThat(read("10" + KEYFRAME, 3000)).isEqualTo("lacks");
    assertThat(read("10 34 08 14", 3000)).as("another layer of it").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3032010804924911a8", // inter
        "3090", // shown again
        "3004", // a keyframe that is not shown
        "3054", // intra only
        "28001122", // metadata
        "24001122", // tiles
        "3c0014", // a header that was there before
      })
  void what_is_no_keyframe_begins_nothing_whatever_its_mark_says(String unit) {
    learn();
    assertThat(read("18" + unit, 3000)).isEmpty();
    assertThat(read("10" + unit, 3000)).isEmpty();
  }

  @Test
  void a_header_repeated_between_keyframes_begins_nothing() {
    learn();
    assertThat(read("28 0b" + HEADER + FRAME, 3000)).isEmpty();
  }

  @Test
  void a_keyframe_with_its_header_is_marked_where_the_publisher_did_not() {
    assertThat(read("20 0b" + HEADER + KEYFRAME, 0)).isEqualTo("begins");
    assertThat(read("30 0110 0b" + HEADER + KEYFRAME, 3000)).isEqualTo("begins");
  }

  @Test
  void a_new_header_takes_the_place_of_the_one_before() {
    learn();
    assertThat(read("28 0e 0820000002aff79b5f2404340080 3014", 6000)).isEqualTo("begins");

    assertThat(completed("10" + KEYFRAME, 9000))
        .isEqualTo("280e0820000002aff79b5f2404340080" + KEYFRAME);
  }

  @Test
  void one_that_is_too_long_or_cut_is_not_kept_and_the_one_before_is_forgotten() {
    learn();
    read("18 08" + "00".repeat(200), 3000);
    assertThat(read("10" + KEYFRAME, 6000)).isEmpty();
    learn();
    read("58 0800", 9000);
    assertThat(read("10" + KEYFRAME, 12_000)).isEmpty();
  }

  @Test
  void who_takes_the_place_of_another_knows_its_header_until_its_own_comes() {
    learn();
    SequenceHeader next = new SequenceHeader(header);
    PacketBuffer p = PacketBuffer.of(0, "10" + KEYFRAME);
    assertThat(next.isLackedBy(p.bytes, 0, p.len, 0)).as("at the same timestamp").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "18", "00 7f 30", "20 05 30", "08 0b 0800"})
  void what_is_cut_off_is_left_as_it_is(String hex) {
    learn();
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(header.isLackedBy(p.bytes, 7, p.len, 3000)).isFalse();
    assertThat(p.hex()).isEqualTo(hex.replace(" ", ""));
  }
}
