package io.github.jvbwhip.core.rtp;

import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.DUPLICATE;
import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.LATE;
import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.NEW;
import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.REPAIRED;
import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.RESTART;
import static io.github.jvbwhip.core.rtp.ArrivalTracker.Arrival.STRAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArrivalTrackerTest {
  private final ArrivalTracker tracker = new ArrivalTracker();

  @Test
  void passes_each_number_once_in_any_order_and_over_the_wrap() {
    assertThat(tracker.received(65534, false)).isEqualTo(NEW);
    assertThat(tracker.received(1, false)).isEqualTo(NEW);
    assertThat(tracker.received(65535, true)).isEqualTo(REPAIRED);
    assertThat(tracker.received(0, false)).isEqualTo(LATE);
    assertThat(tracker.received(65535, false)).isEqualTo(DUPLICATE);
    assertThat(tracker.received(0, true)).isEqualTo(DUPLICATE);
  }

  @Test
  void extends_the_numbers() {
    tracker.received(65534, false);
    assertThat(tracker.number()).isEqualTo(0x1FFFE);
    tracker.received(1, false);
    assertThat(tracker.number()).isEqualTo(0x20001);
    tracker.received(65535, false);
    assertThat(tracker.number()).isEqualTo(0x1FFFF);
  }

  @Test
  void passes_the_same_number_a_cycle_later() {
    for (int i = 0; i < 3 * 65536; i++) {
      assertThat(tracker.received(i & 0xFFFF, false)).isEqualTo(NEW);
    }
  }

  @Test
  void knows_what_has_been_here_whatever_the_gaps() {
    Random random = new Random(1);
    Set<Long> seen = new HashSet<>();
    long highest = 70_000;
    tracker.received((int) highest & 0xFFFF, false);
    seen.add(highest);
    for (int i = 0; i < 100_000; i++) {
      long number = highest + random.nextInt(3000) - (random.nextInt(10) < 9 ? 2900 : 0);
      boolean first = seen.add(number);
      ArrivalTracker.Arrival expected = number > highest ? NEW : first ? LATE : DUPLICATE;
      assertThat(tracker.received((int) number & 0xFFFF, false)).isEqualTo(expected);
      highest = Math.max(highest, number);
    }
  }

  @Test
  void takes_two_stray_packets_in_a_row_for_a_restart() {
    tracker.received(100, false);
    assertThat(tracker.received(30000, false)).isEqualTo(STRAY);
    assertThat(tracker.received(101, false)).isEqualTo(NEW);
    assertThat(tracker.received(30001, false)).as("not in a row").isEqualTo(STRAY);
    assertThat(tracker.received(30002, false)).isEqualTo(RESTART);
  }

  @Test
  void goes_on_with_the_old_numbers_until_it_is_restarted() {
    tracker.received(100, false);
    tracker.received(30000, false);
    tracker.received(30001, false);
    assertThat(tracker.received(101, false)).isEqualTo(NEW);

    tracker.restart(30002);
    assertThat(tracker.received(30002, false)).isEqualTo(DUPLICATE);
    assertThat(tracker.received(30001, false)).isEqualTo(LATE);
    assertThat(tracker.received(102, false)).isEqualTo(STRAY);
  }

  @Test
  void what_comes_late_restarts_nothing_however_many_there_are() {
    tracker.received(100, false);
    tracker.received(3100, false);
    assertThat(tracker.received(200, false)).isEqualTo(LATE);
    assertThat(tracker.received(201, false)).isEqualTo(LATE);
    assertThat(tracker.received(3101, false)).isEqualTo(NEW);
  }

  @Test
  void three_thousand_is_near_and_more_is_not() {
    tracker.received(10_000, false);
    assertThat(tracker.received(13_000, false)).isEqualTo(NEW);
    assertThat(tracker.received(10_001, false)).isEqualTo(LATE);
    assertThat(tracker.received(9_999, false)).isEqualTo(STRAY);
    assertThat(tracker.received(16_001, false)).isEqualTo(STRAY);
  }

  @Test
  void a_restart_forgets_what_has_been_here() {
    tracker.received(100, false);
    int samePlace = 100 + 2 * 4096;
    tracker.restart(samePlace + 1);
    assertThat(tracker.received(samePlace, false)).isEqualTo(LATE);
  }

  @Test
  void a_retransmission_restarts_nothing() {
    tracker.received(100, false);
    assertThat(tracker.received(30000, true)).isEqualTo(STRAY);
    assertThat(tracker.received(30001, true)).isEqualTo(STRAY);
    assertThat(tracker.received(30002, false)).isEqualTo(STRAY);
  }
}
