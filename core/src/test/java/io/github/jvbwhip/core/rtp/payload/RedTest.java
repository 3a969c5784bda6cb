package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2198 §3. */
class RedTest {
  private static final PayloadTypeMap TYPES = PayloadTypeMap.of(Map.of(111, 96, 0, 8));

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "primary alone, 6f aabb, 111, 60 aabb",
    "one redundant block, ef 0f0002 6f aaaa bb, 111, e0 0f0002 60 aaaa bb",
    "two kinds, 80 0f0001 ef 0f0002 6f cc aaaa bb, 111, 88 0f0001 e0 0f0002 60 cc aaaa bb",
    "empty primary, 6f, 111, 60",
    "other primary, 6e aabb, 110, ''",
    "other redundant block, ee 0f0002 6f aaaa bb, 111, ''",
    "redundant block cut off, ef 0f0002 6f aa, -1, ''",
    "block header cut off, ef 0f00, -1, ''",
    "no primary, ef 0f0000, -1, ''",
    "empty, '', -1, ''",
  })
  void block_types_are_mapped(String name, String hex, int primary, String rewritten) {
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.of(off, hex);
      assertThat(Red.primaryPayloadType(p.bytes, off, p.len)).isEqualTo(primary);
      assertThat(Red.rewrite(p.bytes, off, p.len, TYPES)).isEqualTo(!rewritten.isEmpty());
      assertThat(p.hex()).isEqualTo((rewritten.isEmpty() ? hex : rewritten).replace(" ", ""));
      p.assertGuardsUntouched();
    }
  }
}
