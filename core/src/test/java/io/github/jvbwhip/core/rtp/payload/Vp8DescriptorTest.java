package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7741 §4.2. */
class Vp8DescriptorTest {
  private final Vp8Descriptor descriptor = new Vp8Descriptor();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no extension, 10 00, -1, 0, -1, -1, -1",
    "extension without fields, 90 00 00, -1, 0, -1, -1, -1",
    "7-bit picture id, 90 80 7f 00, 127, 7, -1, -1, -1",
    "15-bit picture id, 90 80 ffff 00, 32767, 15, -1, -1, -1",
    "all fields, 90 f0 9234 ab e5 00, 4660, 15, 171, 3, 5",
    "tid without keyidx, 90 20 9f 00, -1, 0, -1, 2, -1",
    "keyidx without tid, 90 10 df 00, -1, 0, -1, -1, 31",
    "tl0picidx alone, 90 40 00 00, -1, 0, 0, -1, -1",
  })
  void fields_are_read(
      String name, String hex, int pictureId, int bits, int tl0, int tid, int keyIdx) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(descriptor.parse(p.bytes, off, p.len)).isTrue();
      assertThat(descriptor.pictureId()).isEqualTo(pictureId);
      assertThat(descriptor.pictureIdBits()).isEqualTo(bits);
      assertThat(descriptor.tl0PicIdx()).isEqualTo(tl0);
      assertThat(descriptor.temporalId()).isEqualTo(tid);
      assertThat(descriptor.keyIdx()).isEqualTo(keyIdx);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "90 80", "90 80 80", "90 40", "90 10", "90 f0 8000 00"})
  void cut_descriptors_are_refused(String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10 00, true, true",
    "10 01, true, false",
    "00 00, false, false",
    "11 00, false, false",
    "30 00, true, true",
    "10, true, false",
    "90 80 00 00, true, true",
    "90 80 00, true, false",
  })
  void a_keyframe_starts_in_partition_zero_with_the_inverse_flag_at_zero(
      String hex, boolean start, boolean keyframe) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isTrue();
    assertThat(descriptor.isStartOfFrame()).isEqualTo(start);
    assertThat(descriptor.isKeyframe()).isEqualTo(keyframe);
    assertThat(new Vp8Keyframes().isKeyframe(p.bytes, 7, p.len)).isEqualTo(keyframe);
  }

  @Test
  void fields_are_written_without_touching_their_neighbours() {
    PacketBuffer p = PacketBuffer.of(7, "90 f0 9234 ab e5 00");
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isTrue();
    descriptor.setPictureId(0x18001);
    descriptor.setTl0PicIdx(0x1CD);
    descriptor.setKeyIdx(0x3E);
    assertThat(p.hex()).isEqualTo("90f08001cdfe00");
    p.assertGuardsUntouched();
  }

  @Test
  void a_short_picture_id_stays_short() {
    PacketBuffer p = PacketBuffer.of(7, "90 80 12 00");
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isTrue();
    descriptor.setPictureId(0xFFFF);
    assertThat(p.hex()).isEqualTo("90807f00");
  }

  @Test
  void absent_fields_are_not_written() {
    PacketBuffer p = PacketBuffer.of(7, "90 00 00");
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isTrue();
    descriptor.setPictureId(1);
    descriptor.setTl0PicIdx(1);
    descriptor.setKeyIdx(1);
    assertThat(p.hex()).isEqualTo("900000");
  }
}
