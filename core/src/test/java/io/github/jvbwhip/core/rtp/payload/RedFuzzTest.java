package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.rtp.PayloadTypeMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as redundant audio that ends with its array: all block types are mapped or none,
 * and nothing else is touched.
 */
class RedFuzzTest {
  private static final int AT = 7;

  /** Maps 0 to 99 to each other, twice to themselves; the others to nothing. */
  private static final PayloadTypeMap MIRROR = mirror();

  private static PayloadTypeMap mirror() {
    Map<Integer, Integer> types = new HashMap<>();
    for (int type = 0; type < 100; type++) {
      types.put(type, 99 - type);
    }
    return PayloadTypeMap.of(types);
  }

  @FuzzTest(maxDuration = "30s")
  void blocks_keep_their_properties(byte[] payload) {
    check(payload);
  }

  /** The same over mutations of one to three blocks, in every build. */
  @Test
  void mutated_blocks_keep_their_properties() {
    Random random = new Random(1);
    String[] seeds = {"6faabb", "df0f00026faaaabb", "800f0001df0f00025fccaaaabb"};
    for (int i = 0; i < 20_000; i++) {
      byte[] payload = HexFormat.of().parseHex(seeds[i % seeds.length]);
      payload = Arrays.copyOf(payload, payload.length - random.nextInt(6) / 5);
      for (int k = random.nextInt(3); k > 0; k--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt();
      }
      check(payload);
    }
  }

  private static void check(byte[] payload) {
    int length = payload.length;
    byte[] b = new byte[AT + length];
    System.arraycopy(payload, 0, b, AT, length);
    int primary = Red.primaryPayloadType(b, AT, length);
    assertThat(primary).isBetween(Red.NONE, 127);
    if (!Red.rewrite(b, AT, length, MIRROR)) {
      assertThat(Arrays.copyOfRange(b, AT, b.length)).isEqualTo(payload);
      return;
    }
    assertThat(Red.primaryPayloadType(b, AT, length)).isEqualTo(99 - primary);
    assertThat(Red.rewrite(b, AT, length, MIRROR)).isTrue();
    assertThat(Arrays.copyOfRange(b, AT, b.length)).isEqualTo(payload);
  }
}
