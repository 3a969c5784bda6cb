package io.github.jvbwhip.core.rtp.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3550 §6.5. */
class SourceDescriptionTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "abcde", "sänger"})
  void the_name_is_written_and_read_back(String name) {
    byte[] cname = name.getBytes(UTF_8);
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, filled(20));
      int length = SourceDescription.write(p.bytes, off, 0xFFFFFFFEL, cname);
      assertThat(length % 4).isZero();
      assertThat(Rtcp.isValid(p.bytes, off, length)).isTrue();
      assertThat(SourceDescription.is(p.bytes, off)).isTrue();
      assertThat(SourceDescription.cname(p.bytes, off, 0xFFFFFFFEL)).isEqualTo(name);
      assertThat(SourceDescription.cname(p.bytes, off, 1)).isNull();
      assertThat(p.bytes[off + length - 1]).isZero();
      p.assertGuardsUntouched();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "first, 1, one",
    "second, 2, two",
    "third without a name, 3, ",
    "absent, 4, ",
  })
  void each_source_has_its_chunk(String name, long ssrc, String cname) {
    PacketBuffer p =
        PacketBuffer.of(
            7,
            "83ca0009"
                + "00000001 0602aabb 01036f6e 65000000"
                + "00000002 01037477 6f000000"
                + "00000003 06000000");
    assertThat(Rtcp.isValid(p.bytes, 7, p.len)).isTrue();
    assertThat(SourceDescription.cname(p.bytes, 7, ssrc)).isEqualTo(cname);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no chunk, 81ca0000",
    "chunk without items, 81ca0001 00000001",
    "item over the end, 81ca0002 00000001 01036f6e",
    "item header over the end, 81ca0002 00000001 06010001",
    "more chunks told than there are, 9fca0002 00000001 00000000",
  })
  void cut_chunks_have_no_name(String name, String hex) {
    PacketBuffer p = PacketBuffer.of(7, hex);
    assertThat(Rtcp.isValid(p.bytes, 7, p.len)).isTrue();
    assertThat(SourceDescription.cname(p.bytes, 7, 1)).isNull();
  }

  @Test
  void names_over_255_bytes_are_refused() {
    assertThatThrownBy(() -> SourceDescription.write(new byte[300], 0, 1, new byte[256]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void other_packets_are_none() {
    byte[] b = {(byte) 0x81, (byte) 0xCB, 0, 1, 0, 0, 0, 1};
    assertThat(SourceDescription.is(b, 0)).isFalse();
  }

  private static byte[] filled(int length) {
    byte[] b = new byte[length];
    Arrays.fill(b, (byte) 0xEE);
    return b;
  }
}
