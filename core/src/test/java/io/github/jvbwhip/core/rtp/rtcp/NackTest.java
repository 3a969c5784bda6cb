package io.github.jvbwhip.core.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4585 §6.2.1. */
class NackTest {
  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static int[] lost(byte[] b, int at) {
    IntStream.Builder lost = IntStream.builder();
    Nack.forEachLost(b, at, lost);
    return lost.build().toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0005 0000",
    "5 6, 0005 0001",
    "5 21, 0005 8000",
    "5 22, 0005 0000 0016 0000",
    "65534 65535 0 14, fffe 8003",
    "65535 16, ffff 0000 0010 0000",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18, 0001 ffff 0012 0000",
  })
  void numbers_are_packed_and_read_back(String text, String entries) {
    int[] numbers = numbers(text);
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, new byte[12 + entries.replace(" ", "").length() / 2]);
      int length = Nack.write(p.bytes, off, 1, 2, numbers, numbers.length);
      assertThat(length).isEqualTo(p.len).isLessThanOrEqualTo(12 + 4 * numbers.length);
      assertThat(p.hex().substring(24)).isEqualTo(entries.replace(" ", ""));
      assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
      assertThat(Nack.is(p.bytes, off)).isTrue();
      assertThat(RtcpFeedback.mediaSsrc(p.bytes, off)).isEqualTo(2);
      assertThat(lost(p.bytes, off)).isEqualTo(numbers);
      p.assertGuardsUntouched();
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1 2 3", "2, 1 2", "1, 1"})
  void only_the_first_numbers_are_written(int count, String read) {
    byte[] b = new byte[64];
    Nack.write(b, 7, 1, 2, new int[] {1, 2, 3, 4}, count);
    assertThat(lost(b, 7)).isEqualTo(numbers(read));
  }
}
