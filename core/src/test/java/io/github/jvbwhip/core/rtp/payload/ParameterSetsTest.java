package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterSetsTest {
  private static final String SPS = "6742c01f8d68";
  private static final String PPS = "68ce3c80";
  private static final String BOTH = "78 0006 " + SPS + " 0004 " + PPS;
  private static final String IDR = "658884";

  private final ParameterSets sets = sets("H264", Map.of());

  private static ParameterSets sets(String codec, Map<String, String> parameters) {
    return Objects.requireNonNull(CodecType.named(codec).parameterSets(parameters));
  }

  private static boolean isLackedBy(ParameterSets sets, String hex, long timestamp) {
    boolean lacked = false;
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      lacked |= sets.isLackedBy(p.bytes, off, p.len, timestamp);
    }
    return lacked;
  }

  private boolean isLackedBy(String hex, long timestamp) {
    return isLackedBy(sets, hex, timestamp);
  }

  private static void assertWritten(ParameterSets sets, String hex) {
    byte[] written = new byte[sets.length()];
    sets.write(written, 0);
    PacketBuffer expected = PacketBuffer.of(0, hex);
    assertThat(written).asHexString().isEqualToIgnoringCase(hex.replace(" ", ""));
    assertThat(expected.len).isEqualTo(sets.length());
  }

  @Test
  void a_keyframe_that_brings_its_sets_lacks_none() {
    assertThat(isLackedBy(SPS, 0)).isFalse();
    assertThat(isLackedBy(PPS, 0)).isFalse();
    assertThat(isLackedBy(IDR, 0)).isFalse();
    assertThat(isLackedBy("78 0006 " + SPS + " 0004 " + PPS + " 0003 " + IDR, 3000)).isFalse();
  }

  @Test
  void tells_whether_keyframes_come_that_nobody_can_decode() {
    isLackedBy("6188", 0);
    assertThat(sets.isLacking()).as("no keyframe").isFalse();
    isLackedBy(IDR, 3000);
    assertThat(sets.isLacking()).as("a keyframe without sets").isTrue();
    isLackedBy(SPS, 6000);
    assertThat(sets.isLacking()).as("one set of two").isTrue();
    isLackedBy(PPS, 6000);
    assertThat(sets.isLacking()).as("both").isFalse();
    isLackedBy(IDR, 9000);
    assertThat(sets.isLacking()).as("a keyframe that is completed").isFalse();
  }

  @Test
  void sets_that_came_once_are_lacked_by_each_later_keyframe() {
    isLackedBy(SPS, 0);
    isLackedBy(PPS, 0);
    isLackedBy(IDR, 0);

    assertThat(isLackedBy("6188", 3000)).as("no keyframe").isFalse();
    assertThat(isLackedBy(IDR, 6000)).isTrue();
    assertThat(isLackedBy("7c85", 9000)).as("in fragments").isTrue();
    assertThat(isLackedBy("7c05", 12_000)).as("the middle of it").isFalse();
    assertThat(isLackedBy("78 0002 0605 0003 " + IDR, 15_000)).as("aggregated").isTrue();
    assertWritten(sets, BOTH);
  }

  @Test
  void a_keyframe_with_one_kind_of_sets_lacks_the_other() {
    isLackedBy(SPS, 0);
    isLackedBy(PPS, 0);

    isLackedBy(SPS, 3000);
    assertThat(isLackedBy(IDR, 3000)).isTrue();
  }

  @Test
  void nothing_is_lacked_while_not_all_are_known() {
    isLackedBy(SPS, 0);

    assertThat(isLackedBy(IDR, 3000)).isFalse();
  }

  @Test
  void a_picture_of_several_slices_is_completed_once() {
    isLackedBy(BOTH, 0);
    PacketBuffer slice = PacketBuffer.of(0, IDR);

    assertThat(sets.isLackedBy(slice.bytes, 0, slice.len, 3000)).isTrue();
    assertThat(sets.isLackedBy(slice.bytes, 0, slice.len, 3000)).isFalse();
    assertThat(isLackedBy("6188", 0)).as("a late packet of the picture before").isFalse();
    assertThat(sets.isLackedBy(slice.bytes, 0, slice.len, 3000)).isFalse();
  }

  @Test
  void timestamps_that_begin_anew_are_followed() {
    isLackedBy(BOTH, 0xF000_0000L);

    assertThat(isLackedBy(IDR, 0xE000_0000L)).isTrue();
    assertThat(isLackedBy(IDR, 0xE000_1000L)).isTrue();
  }

  @Test
  void a_set_of_the_same_id_takes_the_place_of_the_one_before() {
    isLackedBy(BOTH, 0);
    isLackedBy("6742c0148d00", 3000);
    isLackedBy("68ce0000", 3000);
    isLackedBy("6850ce", 3000); // Another id.

    assertWritten(sets, "78 0006 6742c0148d00 0004 68ce0000 0003 6850ce");
  }

  @Test
  void the_offer_may_tell_the_sets() {
    ParameterSets offered =
        sets("H264", Map.of("sprop-parameter-sets", "Z0LAH41o,aM48gA==,!,,aM48gA=="));

    assertThat(isLackedBy(offered, IDR, 0)).isTrue();
    assertWritten(offered, BOTH);
  }

  @Test
  void an_offer_of_h265_may_tell_them_in_three_parameters() {
    ParameterSets offered =
        sets("H265", Map.of("sprop-vps", "QAEM", "sprop-sps", "QgEBAQ==", "sprop-pps", "RAHB"));

    assertThat(isLackedBy(offered, "2601af", 0)).as("IDR").isTrue();
    assertThat(isLackedBy(offered, "2a01af", 3000)).as("CRA").isTrue();
    assertThat(isLackedBy(offered, "620193", 6000)).as("in fragments").isTrue();
    assertThat(isLackedBy(offered, "620153", 9000)).as("the end of it").isFalse();
    assertThat(isLackedBy(offered, "0201d0", 12_000)).as("no keyframe").isFalse();
    assertWritten(offered, "6001 0003 40010c 0004 42010101 0003 4401c1");
  }

  @Test
  void more_than_fits_into_a_packet_is_not_kept() {
    isLackedBy(BOTH, 0);
    isLackedBy("68ce" + "aa".repeat(1200), 3000);
    assertWritten(sets, BOTH);

    for (int i = 0; i < 250; i++) {
      isLackedBy("68" + "%02x".formatted(i) + "aa".repeat(20), 6000 + i);
    }
    assertThat(sets.length()).isLessThan(1200);
    assertThat(isLackedBy(IDR, 9000)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"H264, ''", "H264, 78", "H264, 780003", "H264, 7800036742", "H264, 7c", "H265, 6001"})
  void what_is_cut_off_is_passed_over(String codec, String hex) {
    assertThat(isLackedBy(sets(codec, Map.of()), hex, 0)).isFalse();
  }
}
