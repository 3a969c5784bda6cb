package io.github.jvbwhip.core.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jvbwhip.core.rtp.payload.VideoLayersAllocation.AllocatedLayer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Arbitrary bytes as an allocation that ends with its array: what is read stays within what the
 * format can say, and has each layer once, in order.
 */
class VideoLayersAllocationFuzzTest {
  private static final int AT = 7;

  @FuzzTest(maxDuration = "30s")
  void allocations_keep_their_properties(byte[] element) {
    check(element);
  }

  /** The same over mutations of allocations with and without sizes, in every build. */
  @Test
  void mutated_allocations_keep_their_properties() {
    Random random = new Random(1);
    String[] seeds = {
      "611864c801ac026ef807b009013f00b30f027f01671e04ff02cf1e", "20304000050607", "3fffffff", "00"
    };
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] element = HexFormat.of().parseHex(seeds[i % seeds.length]);
      element = Arrays.copyOf(element, element.length - random.nextInt(6) / 5);
      for (int k = random.nextInt(3); k > 0 && element.length > 0; k--) {
        element[random.nextInt(element.length)] = (byte) random.nextInt();
      }
      read += check(element) ? 1 : 0;
    }
    assertThat(read).isBetween(2_000, 18_000);
  }

  private static boolean check(byte[] element) {
    byte[] b = new byte[AT + element.length];
    System.arraycopy(element, 0, b, AT, element.length);
    VideoLayersAllocation read = VideoLayersAllocation.parse(b, AT, element.length);
    if (read == null) {
      return false;
    }
    assertThat(read.stream()).isBetween(0, 3);
    assertThat(read.layers()).hasSizeLessThanOrEqualTo(16);
    Set<List<Integer>> seen = new HashSet<>();
    for (AllocatedLayer layer : read.layers()) {
      assertThat(seen.add(List.of(layer.stream(), layer.spatialId()))).isTrue();
      assertThat(layer.stream()).isBetween(0, 3);
      assertThat(layer.spatialId()).isBetween(0, 3);
      assertThat(layer.kilobitsPerSecond()).hasSizeBetween(1, 4).allMatch(rate -> rate >= 0);
      assertThat(layer.framesPerSecond()).isBetween(0, 255);
    }
    return true;
  }
}
