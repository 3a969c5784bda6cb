package io.github.jvbwhip.core.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
  private static void fill(Map<String, Integer> map) {
    map.put("a", 1);
    map.put("b", 2);
    map.put("a", 3);
    map.put("c", 4);
  }

  @Test
  void forgets_what_was_put_first() {
    Map<String, Integer> map = BoundedMap.forgettingTheOldest(2);
    fill(map);
    assertThat(map).containsOnly(Map.entry("b", 2), Map.entry("c", 4));
  }

  @Test
  void forgets_what_was_used_least_recently() {
    Map<String, Integer> map = BoundedMap.forgettingTheLeastUsed(2);
    fill(map);
    assertThat(map).containsOnly(Map.entry("a", 3), Map.entry("c", 4));
    assertThat(map.get("a")).isEqualTo(3);
    map.put("d", 5);
    assertThat(map).containsOnlyKeys("a", "d");
  }
}
