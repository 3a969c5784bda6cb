package io.github.jvbwhip.core.rtp.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.rtp.PacketBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderExtensionRewriterTest {
  private static Map<Integer, Integer> ids(String pairs) {
    Map<Integer, Integer> ids = new HashMap<>();
    for (String pair : pairs.split(" ")) {
      String[] numbers = pair.split(">");
      ids.put(Integer.valueOf(numbers[0]), Integer.valueOf(numbers[1]));
    }
    return ids;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ids swapped, 1>2 2>1, bede, 10ff 2177 8800 0000, bede, 20ff 1177 8800 0000",
    "one dropped, 1>0 2>3, bede, 10ff 2177 8800 0000, bede, 0000 3177 8800 0000",
    "not in the map, 2>3, bede, 10ff 2177 8800 0000, bede, 0000 3177 8800 0000",
    "after the stop id, 1>2, bede, 10ff f000 10aa 0000, bede, 20ff f000 10aa 0000",
    "two byte form, 1>200 200>1, 1000, 0101 ffc8 0177 0000, 1000, c801 ff01 0177 0000",
    "two byte form dropped, 1>0 2>2, 1000, 0101 ff02 0177 0000, 1000, 0000 0002 0177 0000",
    "another form, 1>2, abac, 10ff 0000, abac, 10ff 0000",
    "to two bytes where not allowed, 1>15 2>3, bede, 10ff 20aa, bede, 0000 30aa",
  })
  void ids_are_rewritten_in_place(
      String name, String pairs, String profile, String content, String toProfile, String to) {
    HeaderExtensionRewriter rewriter = HeaderExtensionRewriter.of(ids(pairs), false);
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.rtp(off, profile, content);
      rewriter.rewrite(p.bytes, off);
      assertThat(p.hex()).isEqualTo(PacketBuffer.rtp(off, toProfile, to).hex());
      p.assertGuardsUntouched();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "padding makes room, 1>15 2>2, 10ff 20aa 0000 0000, 1000, 0f01 ff02 01aa 0000",
    "padding in front, 1>15 2>2, 0000 10ff 0020 aa00, 1000, 0f01 ff02 01aa 0000",
    "exactly full, 1>15 2>2, 10ff 21aa bb00 00 00 00 00, 1000, 0f01 ff02 02aabb 00",
    "a dropped element makes room, 1>255 2>0, 10ff 20aa, 1000, ff01 ff00",
    "no room for the second, 1>15 2>2, 10ff 20aa, 1000, 0f01 ff00",
    "no room for the first, 1>15 2>2, 12ff ffff 20aa 0000, 1000, 0f03 ffff ff02 01aa",
    "one full word, 1>15, 12ff ffff, 1000, 00000000",
    "nothing above 14 in the packet, 1>15 2>3, 20aa 0000, bede, 30aa 0000",
  })
  void blocks_are_converted_where_mixed_forms_are_allowed(
      String name, String pairs, String content, String toProfile, String to) {
    HeaderExtensionRewriter rewriter = HeaderExtensionRewriter.of(ids(pairs), true);
    for (int off : new int[] {0, 7}) {
      PacketBuffer p = PacketBuffer.rtp(off, "bede", content);
      rewriter.rewrite(p.bytes, off);
      String bare = to.replace(" ", "");
      String padded = bare + "0".repeat(content.replace(" ", "").length() - bare.length());
      assertThat(p.hex()).isEqualTo(PacketBuffer.rtp(off, toProfile, padded).hex());
      p.assertGuardsUntouched();
    }
  }

  @Test
  void equal_ids_are_the_identity_and_touch_nothing() {
    HeaderExtensionRewriter rewriter = HeaderExtensionRewriter.of(Map.of(1, 1, 2, 2), true);
    PacketBuffer p = PacketBuffer.rtp(7, "bede", "10ff 30aa");
    String before = p.hex();
    rewriter.rewrite(p.bytes, 7);
    assertThat(p.hex()).isEqualTo(before);
  }

  @Test
  void a_packet_without_extension_stays_as_it_is() {
    PacketBuffer p = PacketBuffer.rtp(7);
    String before = p.hex();
    HeaderExtensionRewriter.of(Map.of(1, 2), true).rewrite(p.bytes, 7);
    assertThat(p.hex()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "256, 1", "-1, 1", "1, -1", "1, 256"})
  void ids_outside_eight_bits_are_refused(int from, int to) {
    assertThatThrownBy(() -> HeaderExtensionRewriter.of(Map.of(from, to), true))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
