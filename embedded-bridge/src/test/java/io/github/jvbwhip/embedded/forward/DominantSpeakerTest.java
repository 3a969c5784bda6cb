package io.github.jvbwhip.embedded.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DominantSpeakerTest {
  private static final long MILLI = 1_000_000L;

  private final DominantSpeaker<String> stage = new DominantSpeaker<>();
  private long now;

  /** Looks every 50 ms; returns who is on the stage in the end. */
  private String look(int millis, Map<String, Integer> loudness, String... present) {
    for (int i = 0; i < millis / 50; i++) {
      stage.update(List.of(present), name -> loudness.getOrDefault(name, 0), now);
      now += 50 * MILLI;
    }
    return stage.current();
  }

  @Test
  void is_empty_with_nobody() {
    assertThat(look(100, Map.of())).isNull();
  }

  @Test
  void the_first_stays_without_audio_levels() {
    assertThat(look(5000, Map.of(), "a", "b")).isEqualTo("a");
  }

  @Test
  void the_louder_one_enters_after_a_while() {
    look(2000, Map.of("a", 20), "a", "b");
    assertThat(look(300, Map.of("a", 20, "b", 40), "a", "b")).isEqualTo("a");
    assertThat(look(300, Map.of("a", 20, "b", 40), "a", "b")).isEqualTo("b");
  }

  @Test
  void a_little_louder_is_not_enough() {
    look(2000, Map.of("a", 20), "a", "b");
    assertThat(look(5000, Map.of("a", 20, "b", 25), "a", "b")).isEqualTo("a");
  }

  @Test
  void nobody_is_pushed_off_at_once() {
    look(2000, Map.of("a", 20), "a", "b");
    look(600, Map.of("b", 40), "a", "b");
    assertThat(look(700, Map.of("a", 40), "a", "b")).as("b has just entered").isEqualTo("b");
    assertThat(look(1000, Map.of("a", 40), "a", "b")).isEqualTo("a");
  }

  @Test
  void the_loudest_follows_one_who_leaves() {
    look(2000, Map.of("a", 20), "a", "b", "c");
    assertThat(look(50, Map.of("c", 10), "b", "c")).isEqualTo("c");
  }
}
