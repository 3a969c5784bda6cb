package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.rtp.extension.HeaderExtensionRewriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRewriterTest {
  private static final PayloadTypeMap TYPES = PayloadTypeMap.of(Map.of(96, 102));
  private static final HeaderExtensionRewriter IDS =
      HeaderExtensionRewriter.of(Map.of(1, 4, 2, 0), false);

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void all_parts_are_rewritten(int off) {
    PacketBuffer p = PacketBuffer.rtp(off, "bede", "10ff 2177 8800 0000");
    PacketRewriter rewriter = new PacketRewriter(TYPES, IDS, 0xCAFEBABEL);
    assertThat(rewriter.rewrite(p.bytes, off, 65535, 0xFFFFFFFFL)).isTrue();
    assertThat(p.hex()).isEqualTo("9066ffffffffffffcafebabebede0002" + "40ff000000000000" + "aabb");
    p.assertGuardsUntouched();
  }

  @Test
  void a_packet_of_another_payload_type_is_dropped_unchanged() {
    PacketBuffer p = PacketBuffer.of(7, "8061 1234 56789abc def01234 aabb");
    String before = p.hex();
    PacketRewriter rewriter = new PacketRewriter(TYPES, IDS, 1);
    assertThat(rewriter.rewrite(p.bytes, 7, 1, 2)).isFalse();
    assertThat(p.hex()).isEqualTo(before);
  }
}
