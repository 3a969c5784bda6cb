package io.github.jvbwhip.core.rtp.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3550 §6.5. */
class SourceDescriptionTest {
  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource({
    "'', 81ca0002 fffffffe 01000000",
    "a, 81ca0002 fffffffe 01016100",
    "ab, 81ca0003 fffffffe 01026162 00000000",
    "abc, 81ca0003 fffffffe 01036162 63000000",
    "abcde, 81ca0003 fffffffe 01056162 63646500",
    "sä, 81ca0003 fffffffe 010373c3 a4000000",
  })
  void the_name_is_written_and_ended_by_zeros_up_to_a_word(String name, String packet) {
    for (int off : new int[] {0, 7}) {
      byte[] filled = new byte[packet.replace(" ", "").length() / 2];
      Arrays.fill(filled, (byte) 0xEE);
      PacketBuffer p = PacketBuffer.of(off, filled);
      int length = SourceDescription.write(p.bytes, off, 0xFFFFFFFEL, name.getBytes(UTF_8));
      assertThat(length).isEqualTo(p.len);
      assertThat(p.hex()).isEqualTo(packet.replace(" ", ""));
      assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
      p.assertGuardsUntouched();
    }
  }

  @Test
  void names_over_255_bytes_are_refused() {
    assertThatThrownBy(() -> SourceDescription.write(new byte[300], 0, 1, new byte[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
