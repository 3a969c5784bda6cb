package io.github.jvbwhip.embedded.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheBudgetTest {
  private static final int ALL = 64 << 20;
  private static final int WANTED = 512 << 10;
  private final CacheBudget budget = new CacheBudget(ALL);

  @Test
  void while_there_is_much_each_gets_what_it_wants() {
    for (int i = 0; i < 64; i++) {
      assertThat(budget.take(WANTED)).isEqualTo(WANTED);
    }
  }

  @Test
  void hundreds_get_something_and_all_together_no_more_than_there_is() {
    long taken = 0;
    for (int i = 0; i < 10_000; i++) {
      int given = budget.take(WANTED);
      assertThat(given).as("of " + i).isBetween(i < 150 ? 64 << 10 : 0, WANTED);
      taken += given;
    }

    assertThat(taken).isLessThanOrEqualTo(ALL);
    assertThat(budget.take(WANTED)).isZero();
  }

  @Test
  void what_is_given_back_is_there_for_others() {
    int first = budget.take(WANTED);

    budget.give(first);

    assertThat(budget.left()).isEqualTo(ALL);
  }
}
