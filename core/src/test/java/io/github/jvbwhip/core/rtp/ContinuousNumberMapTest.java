package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContinuousNumberMapTest {
  private static final int HISTORY = 16;

  @Test
  void the_first_number_dropped_changes_none_that_was_given_out() {
    ContinuousNumberMap map = new ContinuousNumberMap(1000, HISTORY);
    map.switchTo(65530, 16);
    for (int i = 0; i < 20; i++) {
      assertThat(map.forward((65530 + i) & 0xFFFF)).isEqualTo(1000 + i);
    }
    assertThat(map.drop(14)).isTrue();
    assertThat(map.forward(15)).isEqualTo(1020);
    assertThat(map.forward(14)).isEqualTo(ContinuousNumberMap.NONE);
    assertThat(map.forward(13)).isEqualTo(1019);
    assertThat(map.forward(0)).as("the oldest of the history").isEqualTo(1006);
    assertThat(map.forward(65535)).as("older").isEqualTo(ContinuousNumberMap.NONE);
  }

  @Test
  void what_is_from_before_the_switch_has_no_number() {
    ContinuousNumberMap map = new ContinuousNumberMap(0, HISTORY);
    map.switchTo(5, 16);
    assertThat(map.forward(4)).isEqualTo(ContinuousNumberMap.NONE);
    assertThat(map.forward(5)).isZero();
    assertThat(map.forward(4)).isEqualTo(ContinuousNumberMap.NONE);
    assertThat(map.drop(6)).isTrue();
    map.switchTo(100, 16);
    assertThat(map.forward(100)).isEqualTo(1);
    assertThat(map.forward(6)).isEqualTo(ContinuousNumberMap.NONE);
  }

  @Test
  void numbers_of_the_source_before_are_forgotten_where_the_next_has_the_same() {
    ContinuousNumberMap map = new ContinuousNumberMap(0, HISTORY);
    map.switchTo(5, 16);
    assertThat(map.forward(5)).isZero();
    assertThat(map.drop(6)).isTrue();
    assertThat(map.forward(7)).isEqualTo(1);
    map.switchTo(8, 16);
    assertThat(map.forward(8)).isEqualTo(2);
    assertThat(map.drop(9)).isTrue();
    assertThat(map.forward(7)).isEqualTo(ContinuousNumberMap.NONE);
    assertThat(map.forward(8)).isEqualTo(2);
  }

  @Test
  void as_many_numbers_are_remembered_as_the_history_has() {
    ContinuousNumberMap map = new ContinuousNumberMap(0, HISTORY);
    assertThat(map.isForgotten(1)).isFalse();
    map.switchTo(0, 16);
    map.forward(HISTORY);
    assertThat(map.isForgotten(1)).isFalse();
    assertThat(map.forward(1)).isEqualTo(1);
    assertThat(map.isForgotten(0)).isTrue();
    assertThat(map.forward(0)).isEqualTo(ContinuousNumberMap.NONE);
  }

  /** Lost, late, repeated and dropped numbers, against a map that forgets nothing. */
  @Test
  void numbers_are_as_the_history_has_them() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ContinuousNumberMap map = new ContinuousNumberMap(0, HISTORY);
      map.switchTo(0, 16);
      Map<Integer, Long> model = new HashMap<>();
      int highest = -1;
      long next = 0;
      for (int step = 0; step < 200; step++) {
        int number = Math.max(0, highest + 4 - random.nextInt(12));
        // Some runs drop nothing, others early, others late.
        boolean drop = random.nextInt(4) == 0 && step >= seed % 3 * 100 && seed % 7 != 0;
        for (int i = highest + 1; i <= number; i++) {
          boolean left = drop && i == number;
          model.put(i, left ? ContinuousNumberMap.NONE : next);
          next += left ? 0 : 1;
        }
        highest = Math.max(highest, number);
        if (drop) {
          map.drop(number);
        } else {
          assertThat(map.forward(number))
              .as("seed %d, step %d", seed, step)
              .isEqualTo(model.get(number));
        }
      }
      assertThat(map.forward(highest + 1)).as("seed %d", seed).isEqualTo(next);
    }
  }
}
