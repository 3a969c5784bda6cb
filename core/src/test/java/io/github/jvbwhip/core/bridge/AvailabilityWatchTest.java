package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityWatchTest {
  private static final Availability FULL =
      Availability.overloaded(Optional.empty(), "There are 7 sessions.");

  private final List<String> log = new ArrayList<>();
  private final AvailabilityWatch watch = new AvailabilityWatch(log::add, log::add);

  private void look(Availability availability, long second) {
    watch.look(availability, Duration.ofSeconds(second).toNanos());
  }

  @Test
  void nothing_is_said_while_sessions_are_taken() {
    look(Availability.ACCEPTING, 0);
    look(Availability.ACCEPTING, 60);

    assertThat(log).isEmpty();
  }

  @Test
  void the_begin_is_said_with_its_reason_and_the_end() {
    look(FULL, 100);
    look(FULL, 130);
    look(Availability.ACCEPTING, 131);
    look(Availability.ACCEPTING, 141);
    look(Availability.ACCEPTING, 142);

    assertThat(log)
        .containsExactly(
            "No new sessions are taken: There are 7 sessions.", "New sessions are taken again.");
  }

  @Test
  void a_bridge_at_its_limit_is_said_once() {
    for (int second = 0; second < 100; second += 2) {
      look(FULL, second);
      look(Availability.ACCEPTING, second + 1);
    }

    assertThat(log).hasSize(1);
  }
}
