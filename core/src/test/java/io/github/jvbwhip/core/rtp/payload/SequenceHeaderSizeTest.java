package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The less common fields before the size, which WebRTC encoders leave out. */
class SequenceHeaderSizeTest {
  private static BitReader read(BitWriter written) {
    byte[] b = written.bits(32, 0).toBytes();
    return BitReader.plain(b, 0, b.length);
  }

  /** Profile, constraints and level, then the id. */
  private static BitWriter h264(int profile) {
    return new BitWriter().bits(8, profile).bits(16, 0xC01F).ue(0);
  }

  /** Reference frames, gaps flag, then 20 x 12 macroblocks. */
  private static BitWriter h264Size(BitWriter out) {
    return out.ue(1).bits(1, 0).ue(19, 11);
  }

  @ParameterizedTest
  @CsvSource({"0, 318, 190", "1, 318, 190", "2, 318, 191", "3, 319, 191"})
  void h264_crops_by_the_chroma_format(int chromaFormat, int width, int height) {
    BitWriter out = h264(100).ue(chromaFormat);
    if (chromaFormat == 3) {
      out.bits(1, 0);
    }
    out.ue(0, 0).bits(1, 0).bits(1, 0).ue(0).ue(2);
    // Monochrome is cropped by single samples: twice as many.
    int crop = chromaFormat == 0 ? 2 : 1;
    h264Size(out).bits(1, 1).bits(1, 0).bits(1, 1).ue(0, crop, crop, 0);
    assertThat(H264Sps.size(read(out))).isEqualTo(new VideoSize(width, height));
  }

  @Test
  void h264_separate_planes_are_cropped_by_samples() {
    BitWriter out = h264(244).ue(3).bits(1, 1).ue(0, 0).bits(1, 0).bits(1, 0).ue(0).ue(2);
    h264Size(out).bits(1, 1).bits(1, 0).bits(1, 1).ue(1, 0, 0, 3);
    assertThat(H264Sps.size(read(out))).isEqualTo(new VideoSize(319, 189));
  }

  @Test
  void h264_fields_double_the_height_and_its_cropping() {
    BitWriter out = h264(66).ue(0).ue(2);
    h264Size(out).bits(1, 0).bits(1, 1).bits(1, 0).bits(1, 1).ue(0, 0, 0, 1);
    assertThat(H264Sps.size(read(out))).isEqualTo(new VideoSize(320, 380));
  }

  @Test
  void h264_scaling_lists_are_skipped() {
    BitWriter out = h264(100).ue(1, 0, 0).bits(1, 0).bits(1, 1);
    // A list that ends at once, one of 16 numbers, four absent ones, one of 64, one absent.
    out.bits(1, 1).se(-8);
    out.bits(1, 1);
    for (int i = 0; i < 16; i++) {
      out.se(i % 2 == 0 ? 1 : -1);
    }
    out.bits(4, 0).bits(1, 1);
    for (int i = 0; i < 64; i++) {
      out.se(0);
    }
    out.bits(1, 0).ue(0).ue(2);
    h264Size(out).bits(1, 1).bits(1, 0).bits(1, 0);
    assertThat(H264Sps.size(read(out))).isEqualTo(new VideoSize(320, 192));
  }

  @Test
  void h264_picture_order_of_every_type_is_skipped() {
    BitWriter counted = h264(66).ue(0).ue(0, 4);
    h264Size(counted).bits(1, 1).bits(1, 0).bits(1, 0);
    assertThat(H264Sps.size(read(counted))).isEqualTo(new VideoSize(320, 192));
    BitWriter cyclic = h264(66).ue(0).ue(1).bits(1, 1).se(-3).se(5).ue(2).se(7).se(-9);
    h264Size(cyclic).bits(1, 1).bits(1, 0).bits(1, 0);
    assertThat(H264Sps.size(read(cyclic))).isEqualTo(new VideoSize(320, 192));
  }

  @ParameterizedTest
  @CsvSource({"0, 319, 179", "1, 318, 178", "2, 318, 179", "3, 319, 179"})
  void h265_crops_by_the_chroma_format_behind_its_sub_layers(
      int chromaFormat, int width, int height) {
    BitWriter out = new BitWriter().bits(4, 0).bits(3, 2).bits(1, 1).bits(32, 1).bits(32, 2);
    out.bits(32, 3);
    // The first sub-layer has a profile and a level, the second one a level.
    out.bits(2, 3).bits(2, 1).bits(12, 0);
    out.bits(32, -1).bits(32, -1).bits(24, -1).bits(8, -1).bits(8, -1);
    out.ue(0, chromaFormat);
    if (chromaFormat == 3) {
      out.bits(1, 0);
    }
    out.ue(320, 180).bits(1, 1).ue(1, 0, 0, 1);
    assertThat(H265Sps.size(read(out))).isEqualTo(new VideoSize(width, height));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void av1_operating_points_are_skipped(boolean timing) {
    BitWriter out = new BitWriter().bits(3, 0).bits(1, 0).bits(1, 0).bits(1, timing ? 1 : 0);
    if (timing) {
      out.bits(32, -1).bits(32, -1).bits(1, 1).ue(6);
      out.bits(1, 1).bits(5, 9).bits(32, -1).bits(5, 3).bits(5, 3);
    }
    out.bits(1, 1).bits(5, 1);
    // Two points: one of a high level with its tier, one of a low level, both with their delays.
    out.bits(12, -1).bits(5, 8).bits(1, 1);
    av1Delays(out, timing);
    out.bits(12, -1).bits(5, 7);
    av1Delays(out, timing);
    out.bits(4, 9).bits(4, 8).bits(10, 639).bits(9, 359);
    assertThat(Av1SequenceHeader.size(read(out))).isEqualTo(new VideoSize(640, 360));
  }

  private static void av1Delays(BitWriter out, boolean timing) {
    if (timing) {
      out.bits(1, 1).bits(10, -1).bits(10, -1).bits(1, 1);
    }
    out.bits(1, 1).bits(4, -1);
  }

  @Test
  void av1_reduced_headers_are_read() {
    BitWriter out = new BitWriter().bits(3, 0).bits(1, 1).bits(1, 1).bits(5, -1);
    out.bits(4, 9).bits(4, 8).bits(10, 639).bits(9, 359);
    assertThat(Av1SequenceHeader.size(read(out))).isEqualTo(new VideoSize(640, 360));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "1, true", "2, false", "3, false", "3, true"})
  void vp9_colors_of_every_profile_are_skipped(int profile, boolean rgb) {
    BitWriter out = new BitWriter().bits(8, 0x08).bits(2, 2).bits(1, profile & 1);
    out.bits(1, profile >> 1);
    if (profile == 3) {
      out.bits(1, 0);
    }
    out.bits(4, 2).bits(24, 0x498342);
    if (profile >= 2) {
      out.bits(1, 1);
    }
    out.bits(3, rgb ? 7 : 2);
    if (rgb) {
      out.bits(1, 0);
    } else {
      out.bits(profile % 2 == 1 ? 4 : 1, -1);
    }
    out.bits(16, 639).bits(16, 359);
    byte[] b = out.toBytes();
    assertThat(new Vp9Keyframes().size(b, 0, b.length)).isEqualTo(new VideoSize(640, 360));
  }
}
