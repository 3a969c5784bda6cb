package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTallyTest {
  private final ToldMetrics told = new ToldMetrics();
  private final SessionTally tally = new SessionTally(told, SessionMetrics.Kind.WHIP, 1000);

  @Test
  void a_session_is_told_with_its_times() {
    tally.opened(1200);
    tally.connected(1500);
    tally.ended("CONSENT_LOST");

    assertThat(told.lines())
        .containsExactly("opened WHIP 200", "connected 300", "ended WHIP CONSENT_LOST");
  }

  @Test
  void it_ends_once() {
    tally.opened(1200);
    tally.ended("closed");
    tally.ended("SHUTDOWN");
    tally.connected(1500);

    assertThat(told.lines()).containsExactly("opened WHIP 200", "ended WHIP closed");
  }

  @Test
  void of_one_that_was_given_up_before_it_was_open_nothing_is_told() {
    tally.ended("closed");
    tally.opened(1200);

    assertThat(told.lines()).isEmpty();
  }

  @Test
  void packets_are_told_since_the_last_time_also_after_the_end() {
    tally.opened(1000);
    tally.packets(new PacketTotals(5, Map.of()));
    tally.ended("closed");
    tally.packets(new PacketTotals(7, Map.of(DropReason.STRAY, 1L)));

    assertThat(told.lines())
        .containsExactly(
            "opened WHIP 0", "packets WHIP 5 {}", "ended WHIP closed", "packets WHIP 2 {STRAY=1}");
  }
}
