package io.github.jvbwhip.jvb.room;

import static io.github.jvbwhip.jvb.room.Suspensions.MISSING_NANOS;
import static io.github.jvbwhip.jvb.room.Suspensions.PATIENCE_NANOS;
import static io.github.jvbwhip.jvb.room.Suspensions.RETRY_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SuspensionsTest {
  private static final Set<String> BOTH = Set.of("large", "small");
  private static final Set<String> SMALL = Set.of("small");

  private final Suspensions suspensions = new Suspensions();

  @Test
  void a_source_that_comes_in_and_is_not_forwarded_is_suspended_for_a_while() {
    suspensions.choose("large", 0);
    suspensions.look(BOTH, SMALL, PATIENCE_NANOS);
    assertThat(suspensions.sources()).isEmpty();

    suspensions.look(BOTH, SMALL, PATIENCE_NANOS + 1);
    assertThat(suspensions.sources()).containsExactly("large");

    suspensions.choose("small", PATIENCE_NANOS + 1);
    suspensions.look(BOTH, SMALL, PATIENCE_NANOS + RETRY_NANOS + 2);
    assertThat(suspensions.sources()).isEmpty();
  }

  @Test
  void the_time_in_which_it_did_not_come_in_does_not_count() {
    suspensions.choose("large", 0);
    suspensions.look(SMALL, SMALL, 10 * PATIENCE_NANOS);
    suspensions.look(BOTH, SMALL, 10 * PATIENCE_NANOS + 1);
    assertThat(suspensions.sources()).isEmpty();
  }

  @Test
  void nor_does_the_time_in_which_it_was_forwarded() {
    suspensions.choose("large", 0);
    suspensions.look(BOTH, BOTH, 10 * PATIENCE_NANOS);
    suspensions.look(BOTH, SMALL, 11 * PATIENCE_NANOS);
    assertThat(suspensions.sources()).isEmpty();
  }

  @Test
  void an_only_source_is_missing_soon_and_never_suspended() {
    suspensions.choose("small", 0);
    assertThat(suspensions.look(SMALL, Set.of(), MISSING_NANOS)).isFalse();
    assertThat(suspensions.look(SMALL, Set.of(), MISSING_NANOS + 1)).isTrue();
    assertThat(suspensions.look(SMALL, Set.of(), 2 * PATIENCE_NANOS)).isTrue();
    assertThat(suspensions.sources()).isEmpty();
    assertThat(suspensions.look(SMALL, SMALL, 2 * PATIENCE_NANOS + 1)).isFalse();
  }

  @Test
  void choosing_the_same_again_changes_nothing() {
    suspensions.choose("large", 0);
    suspensions.choose("large", PATIENCE_NANOS);
    suspensions.look(BOTH, SMALL, PATIENCE_NANOS + 1);
    assertThat(suspensions.sources()).containsExactly("large");
  }
}
