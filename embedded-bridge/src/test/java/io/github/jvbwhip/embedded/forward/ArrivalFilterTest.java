package io.github.jvbwhip.embedded.forward;

import static io.github.jvbwhip.embedded.forward.ArrivalFilter.Arrival.DUPLICATE;
import static io.github.jvbwhip.embedded.forward.ArrivalFilter.Arrival.NEW;
import static io.github.jvbwhip.embedded.forward.ArrivalFilter.Arrival.RESTART;
import static io.github.jvbwhip.embedded.forward.ArrivalFilter.Arrival.STRAY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalFilterTest {
  private final ArrivalFilter filter = new ArrivalFilter();

  @Test
  void passes_each_number_once_in_any_order_and_over_the_wrap() {
    assertThat(filter.received(65534, false)).isEqualTo(NEW);
    assertThat(filter.received(1, false)).isEqualTo(NEW);
    assertThat(filter.received(65535, true)).isEqualTo(NEW);
    assertThat(filter.received(0, false)).isEqualTo(NEW);
    assertThat(filter.received(65535, false)).isEqualTo(DUPLICATE);
    assertThat(filter.received(0, true)).isEqualTo(DUPLICATE);
  }

  @Test
  void passes_the_same_number_a_cycle_later() {
    for (int i = 0; i < 3 * 65536; i++) {
      assertThat(filter.received(i & 0xFFFF, false)).isEqualTo(NEW);
    }
  }

  @Test
  void takes_two_stray_packets_in_a_row_for_a_restart() {
    filter.received(100, false);
    assertThat(filter.received(30000, false)).isEqualTo(STRAY);
    assertThat(filter.received(101, false)).isEqualTo(NEW);
    assertThat(filter.received(30001, false)).as("not in a row").isEqualTo(STRAY);
    assertThat(filter.received(30002, false)).isEqualTo(RESTART);
  }

  @Test
  void a_retransmission_restarts_nothing() {
    filter.received(100, false);
    assertThat(filter.received(30000, true)).isEqualTo(STRAY);
    assertThat(filter.received(30001, true)).isEqualTo(STRAY);
    assertThat(filter.received(30002, false)).isEqualTo(STRAY);
  }
}
