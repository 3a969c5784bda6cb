package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "RTP Payload Format for AV1" Appendix A. */
class DependencyDescriptorTest {
  private static final int OFFSET = 60;

  private final DependencyDescriptor descriptor = new DependencyDescriptor();

  private boolean parse(byte[] element) {
    PacketBuffer p = PacketBuffer.of(7, element);
    return descriptor.parse(p.bytes, 7, element.length);
  }

  /** Start and end of a frame, with the template of this index. */
  private static BitWriter mandatory(boolean start, boolean end, int template, int frame) {
    return new BitWriter()
        .bits(1, start ? 1 : 0)
        .bits(1, end ? 1 : 0)
        .bits(6, (OFFSET + template) % 64)
        .bits(16, frame);
  }

  /** Two spatial layers of two temporal layers each, one template per layer; chains and sizes. */
  private static BitWriter structure(BitWriter out) {
    out.bits(5, 0b10000).bits(6, OFFSET).bits(5, 4 - 1);
    out.bits(2, 1).bits(2, 2).bits(2, 1).bits(2, 3);
    for (int i = 0; i < 16; i++) {
      out.bits(2, i & 3);
    }
    // Frame differences: none, one, two, none.
    out.bits(1, 0).bits(1, 1).bits(4, 3).bits(1, 0);
    out.bits(1, 1).bits(4, 3).bits(1, 1).bits(4, 0).bits(1, 0).bits(1, 0);
    // Two chains of 0..4 in the non-symmetric code: 2 is 10. Then each of four targets has one of
    // two.
    out.bits(2, 2).bits(4, 0b0101);
    for (int i = 0; i < 8; i++) {
      out.bits(4, i);
    }
    return out.bits(1, 1).bits(16, 639).bits(16, 359).bits(16, 1279).bits(16, 719);
  }

  @Test
  void a_keyframe_brings_the_templates_of_the_frames_after_it() {
    assertThat(parse(structure(mandatory(true, false, 0, 0x1234)).toBytes())).isTrue();
    assertThat(descriptor.isKeyframe()).isTrue();
    assertThat(descriptor.isStartOfFrame()).isTrue();
    assertThat(descriptor.spatialId()).isZero();
    assertThat(descriptor.temporalId()).isZero();
    assertThat(descriptor.largestSize()).isEqualTo(new VideoSize(1280, 720));

    int[][] layers = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    for (int template = 0; template < 4; template++) {
      assertThat(parse(mandatory(false, true, template, 65535).toBytes())).isTrue();
      assertThat(descriptor.isKeyframe()).isFalse();
      assertThat(descriptor.isStartOfFrame()).isFalse();
      assertThat(descriptor.spatialId()).isEqualTo(layers[template][0]);
      assertThat(descriptor.temporalId()).isEqualTo(layers[template][1]);
    }
    assertThat(parse(mandatory(true, true, 4, 0).toBytes())).isTrue();
    assertThat(descriptor.spatialId()).isEqualTo(DependencyDescriptor.UNKNOWN);
  }

  @Test
  void a_size_is_read_through_all_fields_before_it() {
    // One layer, one target, no chains, one size.
    BitWriter out = mandatory(true, true, 0, 1).bits(5, 0b10000).bits(6, OFFSET).bits(5, 0);
    out.bits(2, 3).bits(2, 2).bits(1, 0).bits(1, 0).bits(1, 1).bits(16, 319).bits(16, 179);
    assertThat(parse(out.toBytes())).isTrue();
    assertThat(descriptor.largestSize()).isEqualTo(new VideoSize(320, 180));
  }

  @Test
  void without_a_structure_layers_are_unknown() {
    assertThat(parse(mandatory(true, true, 0, 7).toBytes())).isTrue();
    assertThat(descriptor.isKeyframe()).isFalse();
    assertThat(descriptor.spatialId()).isEqualTo(DependencyDescriptor.UNKNOWN);
    assertThat(descriptor.temporalId()).isEqualTo(DependencyDescriptor.UNKNOWN);
    assertThat(descriptor.largestSize()).isNull();
  }

  @Test
  void a_cut_structure_is_refused_and_the_old_one_stays() {
    byte[] whole = structure(mandatory(true, false, 2, 1)).toBytes();
    assertThat(parse(whole)).isTrue();
    for (int length = 4; length < whole.length - 1; length++) {
      assertThat(parse(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(parse(mandatory(true, true, 2, 2).toBytes())).isTrue();
    assertThat(descriptor.spatialId()).isEqualTo(1);
  }

  @Test
  void more_than_64_templates_are_refused() {
    BitWriter out = mandatory(true, true, 0, 1).bits(5, 0b10000).bits(6, 0).bits(5, 0);
    for (int i = 0; i < 200; i++) {
      out.bits(2, 0);
    }
    assertThat(parse(out.toBytes())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void too_short_elements_are_refused(int length) {
    assertThat(parse(new byte[length])).isFalse();
  }
}
