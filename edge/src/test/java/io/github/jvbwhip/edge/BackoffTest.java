package io.github.jvbwhip.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(4), new Random(1));

  private long pause() {
    return backoff.pause(Optional.empty()).toMillis();
  }

  @Test
  void pauses_grow_up_to_the_longest_and_begin_anew_after_a_success() {
    for (long bound : new long[] {500, 1000, 2000, 4000, 4000}) {
      assertThat(pause()).isBetween(bound / 2, bound);
    }
    backoff.succeeded();
    assertThat(pause()).isBetween(250L, 500L);
  }

  @Test
  void the_other_server_may_want_a_longer_one() {
    assertThat(backoff.pause(Optional.of(Duration.ofSeconds(9)))).isEqualTo(Duration.ofSeconds(9));
    assertThat(backoff.pause(Optional.of(Duration.ZERO)).toMillis()).isPositive();
  }
}
