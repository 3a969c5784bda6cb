package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsrcTableTest {
  @Test
  void the_empty_table_has_nothing() {
    assertThat(SsrcTable.of(Map.of()).get(0)).isNull();
  }

  @Test
  void it_answers_as_the_map_it_was_built_from() {
    Random random = new Random(1);
    for (int size : new int[] {1, 2, 3, 4, 7, 8, 100}) {
      Map<Long, String> entries = new HashMap<>();
      entries.put(0L, "zero");
      while (entries.size() < size) {
        long ssrc = random.nextLong() & 0xFFFFFFFFL;
        entries.put(ssrc, "s" + ssrc);
      }
      SsrcTable<String> table = SsrcTable.of(entries);
      entries.forEach((ssrc, value) -> assertThat(table.get(ssrc)).isEqualTo(value));
      for (int i = 0; i < 1000; i++) {
        long ssrc = random.nextLong() & 0xFFFFFFFFL;
        assertThat(table.get(ssrc)).isEqualTo(entries.get(ssrc));
      }
    }
  }
}
