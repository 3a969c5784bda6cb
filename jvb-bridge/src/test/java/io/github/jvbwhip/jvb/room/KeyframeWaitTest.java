package io.github.jvbwhip.jvb.room;

import static io.github.jvbwhip.jvb.room.KeyframeWait.FIRST_NANOS;
import static io.github.jvbwhip.jvb.room.KeyframeWait.LAST_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeyframeWaitTest {
  private static final long TICK = 250_000_000L;

  private final KeyframeWait wait = new KeyframeWait();

  @Test
  void it_is_asked_for_at_once_and_then_less_and_less_often() {
    wait.begin(0);
    List<Long> asked = new ArrayList<>();
    for (long now = 0; now < 4 * LAST_NANOS; now += TICK) {
      if (wait.isDue(now)) {
        asked.add(now);
        wait.asked(OptionalLong.of(now));
      }
    }
    assertThat(asked)
        .containsExactly(
            0L,
            FIRST_NANOS,
            3 * FIRST_NANOS,
            7 * FIRST_NANOS,
            7 * FIRST_NANOS + LAST_NANOS,
            7 * FIRST_NANOS + 2 * LAST_NANOS,
            7 * FIRST_NANOS + 3 * LAST_NANOS);
  }

  @Test
  void what_others_asked_for_meanwhile_counts() {
    wait.begin(TICK);
    wait.asked(OptionalLong.of(2 * TICK));
    wait.asked(OptionalLong.of(2 * TICK));
    assertThat(wait.wasAsked()).isTrue();
    assertThat(wait.isDue(2 * TICK + FIRST_NANOS - 1)).isFalse();
    assertThat(wait.isDue(2 * TICK + FIRST_NANOS)).isTrue();
  }

  @Test
  void what_was_asked_for_before_does_not() {
    wait.begin(TICK);
    wait.asked(OptionalLong.empty());
    wait.asked(OptionalLong.of(TICK - 1));
    assertThat(wait.wasAsked()).isFalse();
    assertThat(wait.isDue(TICK)).isTrue();

    wait.asked(OptionalLong.of(TICK));
    wait.begin(2 * TICK);
    assertThat(wait.isDue(2 * TICK)).isTrue();
    assertThat(wait.elapsed(3 * TICK)).isEqualTo(TICK);
  }
}
