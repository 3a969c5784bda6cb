package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.codec.CodecType;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first packets of keyframes, cut off at every length, in arrays that end there: nothing is
 * read past the end, and the answer changes at the one byte that it needs.
 */
class CutOffPayloadsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "VP8, 10 9077019d012a0005d0020007, 2, 11",
    "VP8, 90 f0 8001 02 03 90b0029d012a8007380400870885, 7, 16",
    "VP8, 90 80 05 b053009d012a3e01b200000708, 4, 13",
    "VP9, 08 82498342004ff02cf60a38241c, 1, 10",
    "VP9, 88 8005 82498342004ff02cf60a38241c, 1, 12",
    "VP9, a8 8005 00 05 82498342004ff02cf60a38241c, 4, 14",
    "VP9, 0a 30 0280 0168 0500 02d0 82498342, 1, 10",
    "H264, 6764001facd9405005bb0110000003001000000300a0f1831960, 2, 10",
    "H264, 78 0002 0605 001a 6764001facd9405005bb0110000003001000000300a0f1831960, 8, 33",
    "H265, 42010101600000030090000003000003005da00280802d165959a4932bc05a02, 3, 24",
    "AV1, 08 0c 0a0b0000002d4cffb3ccaf9004 32fd, 2, 14",
    "AV1, 18 0a0b00000042abbfc3732be401, 2, 11",
  })
  void the_answer_changes_at_the_byte_that_it_needs(
      String codec, String hex, int keyframeFrom, int sizeFrom) {
    KeyframeDetector detector = CodecType.named(codec).keyframes();
    byte[] whole = HexFormat.of().parseHex(hex.replace(" ", ""));
    VideoSize size = detector.size(whole, 0, whole.length);
    assertThat(size).isNotNull();
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(detector.isKeyframe(cut, 0, length)).isEqualTo(length >= keyframeFrom);
      assertThat(detector.size(cut, 0, length)).isEqualTo(length >= sizeFrom ? size : null);
    }
  }
}
