package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LossDetectorTest {
  private static final long PATIENCE = 10;
  private static final long ROUND_TRIP = 100;

  private final LossDetector detector = new LossDetector(8, 3, PATIENCE);
  private final int[] numbers = new int[16];

  private int[] due(long now) {
    return Arrays.copyOf(numbers, detector.due(now, ROUND_TRIP, numbers));
  }

  @Test
  void nothing_is_missing_in_order() {
    for (int i = 65530; i < 65550; i++) {
      detector.received(i, 0);
    }
    assertThat(due(1000)).isEmpty();
  }

  @Test
  void gaps_are_asked_for_after_the_patience_and_over_the_wrap() {
    detector.received(0x1FFFE, 0);
    detector.received(0x20002, 5);
    assertThat(due(14)).isEmpty();
    assertThat(due(15)).containsExactly(65535, 0, 1);
  }

  @Test
  void reordered_packets_are_not_asked_for() {
    detector.received(1, 0);
    detector.received(4, 0);
    detector.received(3, 5);
    assertThat(due(10)).containsExactly(2);
    detector.received(2, 20);
    assertThat(due(1000)).isEmpty();
  }

  @Test
  void tells_which_packets_come_because_they_were_asked_for() {
    detector.received(1, 0);
    assertThat(detector.received(4, 0)).isFalse();
    assertThat(detector.received(3, 5)).isFalse();
    assertThat(due(10)).containsExactly(2);
    assertThat(detector.received(2, 20)).isTrue();
    assertThat(detector.received(2, 30)).isFalse();
  }

  @Test
  void missing_packets_are_asked_for_once_per_round_trip_and_then_given_up() {
    detector.received(1, 0);
    detector.received(3, 0);
    assertThat(due(10)).containsExactly(2);
    assertThat(due(109)).isEmpty();
    assertThat(due(110)).containsExactly(2);
    assertThat(due(210)).containsExactly(2);
    assertThat(detector.takeGivenUp()).isZero();
    assertThat(due(310)).isEmpty();
    assertThat(detector.takeGivenUp()).isEqualTo(1);
    assertThat(detector.takeGivenUp()).isZero();
  }

  @Test
  void with_too_many_missing_the_oldest_are_given_up() {
    detector.received(0, 0);
    detector.received(6, 0);
    detector.received(11, 0);
    assertThat(due(10)).containsExactly(2, 3, 4, 5, 7, 8, 9, 10);
    assertThat(detector.takeGivenUp()).isEqualTo(1);
  }

  @Test
  void a_long_gap_leaves_the_newest_only() {
    detector.received(0, 0);
    detector.received(20000, 0);
    assertThat(due(10)).containsExactly(19992, 19993, 19994, 19995, 19996, 19997, 19998, 19999);
    assertThat(detector.takeGivenUp()).isEqualTo(19991);
  }

  @Test
  void what_does_not_fit_is_asked_for_next_time() {
    detector.received(0, 0);
    detector.received(4, 0);
    int[] two = new int[2];
    assertThat(detector.due(10, ROUND_TRIP, two)).isEqualTo(2);
    assertThat(two).containsExactly(1, 2);
    assertThat(detector.due(10, ROUND_TRIP, two)).isEqualTo(1);
    assertThat(two[0]).isEqualTo(3);
  }

  @Test
  void cleared_packets_are_not_missed() {
    detector.received(0, 0);
    detector.received(4, 0);
    detector.clear();
    assertThat(due(10)).isEmpty();
    detector.received(6, 10);
    assertThat(due(20)).containsExactly(5);
  }

  @Test
  void packets_behind_one_that_is_found_or_given_up_stay() {
    detector.received(0, 0);
    detector.received(2, 0);
    assertThat(due(10)).containsExactly(1);
    assertThat(due(110)).containsExactly(1);
    detector.received(6, 150);
    assertThat(due(210)).containsExactly(1, 3, 4, 5);
    detector.received(4, 220);
    assertThat(due(310)).containsExactly(3, 5);
    assertThat(detector.takeGivenUp()).isEqualTo(1);
    assertThat(due(410)).containsExactly(3, 5);
  }

  @Test
  void a_packet_that_is_repeated_takes_no_other_from_those_that_are_missed() {
    detector.received(1, 0);
    detector.received(4, 0);
    detector.received(3, 0);
    detector.received(3, 0);
    assertThat(due(10)).containsExactly(2);
  }

  @Test
  void the_oldest_of_as_many_as_may_be_missing_is_found() {
    detector.received(0, 0);
    detector.received(9, 0);
    detector.received(1, 0);
    assertThat(due(10)).containsExactly(2, 3, 4, 5, 6, 7, 8);
    assertThat(detector.takeGivenUp()).isZero();
  }
}
