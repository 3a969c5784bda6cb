package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sizes as told by the first bytes of what libvpx, x264, x265 and libaom make of a test picture.
 */
class VideoSizeTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "VP8, 1280x720, 10 9077019d012a0005d00200070885",
    "VP8, 1920x1080, 90 f0 8001 02 03 f0d4029d012a8007380400870885",
    "VP8, 318x178, 90 80 05 b053009d012a3e01b20000070885",
    "VP9, 1280x720, 08 82498342004ff02cf60a38241c",
    "VP9, 1920x1080, 88 8005 824983420077f043762838241c",
    "VP9, 318x178, 08 824983420013d00b160838241c",
    "VP9, 1280x720, 0a 30 0280 0168 0500 02d0 82498342",
    "VP9, 1280x720, 0a 00 82498342004ff02cf60a38241c",
    "H264, 1280x720, 6764001facd9405005bb0110000003001000000300a0f1831960",
    "H264, 1920x1080, 67640028acd940780227e5c044000003000400000300283c60c658",
    "H264, 318x178, 6764000cacd941419ea230110000030001000003000a0f142996",
    "H264, 1280x720, 6742c01fd9005005bb0110000003001000000300a0f1832480",
    "H264, 1920x1080, 6742c028d900780227e5c044000003000400000300283c60c920",
    "H264, 318x178, 6742c00bd901419ea230110000030001000003000a0f142a48",
    "H264, 318x178, 78 0002 0605 0019 6742c00bd901419ea230110000030001000003000a0f142a48",
    "H265, 1280x720, 42010101600000030090000003000003005da00280802d165959a4932bc05a02",
    "H265, 1920x1080, 420101016000000300900000030000030078a003c08010e596566924caf016",
    "H265, 318x178, 42010101600000030090000003000003003ca00a080b9d4996566924caf01680",
    "H265, 318x178, 6001 0003 440100 "
        + "0020 42010101600000030090000003000003003ca00a080b9d4996566924caf01680",
    "AV1, 1280x720, 08 0c 0a0b0000002d4cffb3ccaf9004 32fd",
    "AV1, 1920x1080, 18 0a0b00000042abbfc3732be401",
    "AV1, 318x178, 28 0b 080000 00043cf6c4daf90040 32af",
  })
  void the_size_is_read_from_a_keyframe(String codec, String size, String hex) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      VideoSize read = CodecType.named(codec).keyframes().size(p.bytes, off, p.len);
      assertThat(read).isNotNull();
      assertThat(read.width() + "x" + read.height()).isEqualTo(size);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "VP8, not a keyframe, 10 9177019d012a0005d002",
    "VP8, cut off, 10 9077019d012a0005d0",
    "VP8, wrong start code, 10 9077019d012b0005d002",
    "VP8, width 0, 10 9077019d012a0000d002",
    "VP9, cut off, 08 82498342004ff02c",
    "VP9, wrong sync code, 08 82498343004ff02cf60a",
    "VP9, inter frame, 08 86498342004ff02cf60a",
    "VP9, not the first packet, 00 82498342004ff02cf60a",
    "H264, PPS, 68ce3c80",
    "H264, cut off, 6742c01fd900",
    "H264, FU-A, 7c87 42c01fd9005005bb",
    "H264, STAP-A with a cut unit, 78 0019 6742c00bd901419ea2",
    "H265, cut off, 420101016000000300900000",
    "AV1, unit longer than the packet, 08 7f 0a0b0000002d4cffb3",
    "AV1, sequence header cut off, 18 0a0b0000002d",
    "AV1, other unit, 18 32fd2d1000900030",
  })
  void without_a_size_there_is_none(String codec, String name, String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(CodecType.named(codec).keyframes().size(p.bytes, 7, p.len)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "16385, 1", "1, 16385", "-5, 5", "4294967297, 1"})
  void impossible_sizes_are_none(long width, long height) {
    assertThat(VideoSize.ofMeasured(width, height)).isNull();
  }
}
