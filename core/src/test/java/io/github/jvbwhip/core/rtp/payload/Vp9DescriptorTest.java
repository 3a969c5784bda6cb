package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9628 §4.2. */
class Vp9DescriptorTest {
  private final Vp9Descriptor descriptor = new Vp9Descriptor();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bare, 00 aa, -1, -1, 1",
    "7-bit picture id, 80 7f aa, -1, -1, 2",
    "15-bit picture id, 80 ffff aa, -1, -1, 3",
    "layers, a0 05 b4 09 aa, 5, 2, 4",
    "layers in flexible mode, b0 05 b4 aa, 5, 2, 3",
    "one reference, 50 02 aa, -1, -1, 2",
    "three references, 50 03 05 06 aa, -1, -1, 4",
    "at most three references, 50 03 05 07 aa, -1, -1, 4",
    "references in non-flexible mode are absent, 40 03 aa, -1, -1, 1",
    "structure with sizes, 02 30 0140 00b4 0280 0168 aa, -1, -1, 10",
    "structure with pictures, 02 08 02 04 01 08 01 02 aa, -1, -1, 8",
  })
  void fields_are_read(String name, String hex, int tid, int sid, int headerAt) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(descriptor.parse(p.bytes, off, p.len)).isTrue();
      assertThat(descriptor.temporalId()).isEqualTo(tid);
      assertThat(descriptor.spatialId()).isEqualTo(sid);
      assertThat(descriptor.headerOffset()).isEqualTo(off + headerAt);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "80 80",
        "20",
        "20 00",
        "30",
        "50",
        "50 01",
        "02",
        "02 10 0000",
        "02 08",
        "02 08 01",
        "02 08 01 04",
        "02 f8 0000"
      })
  void cut_descriptors_are_refused(String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isFalse();
  }

  @Test
  void the_start_of_a_frame_and_references_are_read() {
    PacketBuffer p = PacketBuffer.of(7, "2d 13 00 aa");
    assertThat(descriptor.parse(p.bytes, 7, p.len)).isTrue();
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.isInterPredicted()).isFalse();
    PacketBuffer other = PacketBuffer.of(7, "60 00 00 aa");
    assertThat(descriptor.parse(other.bytes, 7, other.len)).isTrue();
    assertThat(descriptor.isStartOfFrame()).isFalse();
    assertThat(descriptor.isInterPredicted()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "start of a frame without references, 08 aa, true",
    "not the start, 04 aa, false",
    "with references, 48 aa, false",
    "lowest spatial layer, a8 05 10 00 aa, true",
    "upper spatial layer, a8 05 03 00 aa, false",
    "lowest layer after a short picture id, a8 05 00 ff aa, true",
    "lowest layer after a long picture id, a8 80ff 00 00 aa, true",
    "upper spatial layer with long picture id, a8 8005 02 00 aa, false",
  })
  void a_keyframe_starts_in_the_lowest_layer_without_references(
      String name, String hex, boolean keyframe) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(descriptor.parse(p.bytes, off, p.len)).isTrue();
      assertThat(descriptor.isKeyframe()).isEqualTo(keyframe);
      assertThat(new Vp9Keyframes().isKeyframe(p.bytes, off, p.len)).isEqualTo(keyframe);
    }
  }
}
