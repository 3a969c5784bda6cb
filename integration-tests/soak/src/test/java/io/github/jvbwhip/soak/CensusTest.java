package io.github.jvbwhip.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CensusTest {
  private static final String AGENT = "org.ice4j.ice.Agent";

  private static final Census BEFORE =
      new Census(Map.of(AGENT, 5L, "a.B", 1L), 30 << 20, Map.of("pool-#", 50), 60, 0);

  @Test
  void nothing_is_left_where_all_is_as_before() {
    assertThat(BEFORE.left()).isEmpty();
    assertThat(BEFORE.grownSince(BEFORE)).isEmpty();
  }

  @Test
  void one_agent_is_one_too_many() {
    Census after = new Census(Map.of(AGENT, 6L, "a.B", 4L), 30 << 20, Map.of("pool-#", 50), 60, 0);
    assertThat(after.left()).containsExactly(AGENT + ": 6 instead of 5");
    assertThat(after.differences(BEFORE)).containsExactly("+3 a.B", "+1 " + AGENT);
  }

  @Test
  void pools_and_caches_may_grow_a_little() {
    Census little = new Census(Map.of(AGENT, 5L), 35 << 20, Map.of("pool-#", 60), 70, 1 << 20);
    assertThat(little.grownSince(BEFORE)).isEmpty();
  }

  @Test
  void threads_descriptors_and_memory_that_grow_are_told() {
    Census much =
        new Census(Map.of(AGENT, 5L), 60 << 20, Map.of("pool-#", 50, "leak-#", 40), 100, 9 << 20);
    assertThat(much.grownSince(BEFORE)).hasSize(4);
    assertThat(much.differences(BEFORE)).containsExactly("+40 thread leak-#");
  }
}
