package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.PacketBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyframeDetectorTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "H264, empty, '', false",
    "H264, one byte, 67, false",
    "H264, SPS, 6742, true",
    "H264, PPS, 68ce, false",
    "H264, IDR without parameter sets, 6588, false",
    "H264, slice, 6188, false",
    "H264, SEI, 0605, false",
    "H264, STAP-A with SPS first, 78 0002 6742 0002 68ce, true",
    "H264, STAP-A with SPS second, 78 0002 0605 0002 6742, true",
    "H264, STAP-A without, 78 0002 68ce 0002 6188, false",
    "H264, STAP-A cut in a length, 78 0002 68ce 00, false",
    "H264, STAP-A with an empty unit, 78 0000 0002 67aa, true",
    "H264, FU-A start of an IDR, 7c85, false",
    "H265, two bytes, 4001, false",
    "H265, VPS, 4001 0c, true",
    "H265, SPS, 4201 01, true",
    "H265, PPS, 4401 c1, false",
    "H265, IDR_W_RADL without parameter sets, 2601 af, false",
    "H265, trailing picture, 0201 d0, false",
    "H265, AP with SPS second, 6001 0003 440100 0003 420100, true",
    "H265, AP without, 6001 0003 440100 0003 020100, false",
    "H265, FU start of an IDR, 6201 93, false",
    "AV1, new sequence, 18 0a0b, true",
    "AV1, no new sequence, 10 3200, false",
    "AV1, continued unit with N, 98 3200, false",
    "AV1, aggregation header alone, 08, false",
    "vp8, any case, 10 00, true",
    "VP9, start, 08 82, true",
    "opus, audio, 00, true",
    "none of these, nothing, '', true",
  })
  void the_first_packet_of_a_keyframe_is_found(
      String codec, String name, String hex, boolean keyframe) {
    KeyframeDetector detector = CodecType.named(codec).keyframes();
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(detector.isKeyframe(p.bytes, off, p.len)).isEqualTo(keyframe);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "VP9", "H264", "H265", "AV1", "opus"})
  void an_empty_payload_has_no_size(String codec) {
    assertThat(CodecType.named(codec).keyframes().size(new byte[0], 0, 0)).isNull();
  }
}
