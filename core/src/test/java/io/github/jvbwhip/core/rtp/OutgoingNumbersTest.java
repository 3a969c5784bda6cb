package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutgoingNumbersTest {
  private final OutgoingNumbers numbers = new OutgoingNumbers(9, 64, () -> 0);

  private void switchTo(int sequenceNumber) {
    numbers.switchTo(sequenceNumber, 0, 90_000, 0);
  }

  @Test
  void nothing_goes_out_before_the_first_source() {
    assertThat(numbers.forward(5)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.leaveOut(5)).isTrue();
  }

  @Test
  void numbers_are_continuous_over_the_sources_wrap() {
    switchTo(65535);
    assertThat(numbers.forward(65535)).isEqualTo(0);
    assertThat(numbers.forward(0)).isEqualTo(1);
    assertThat(numbers.forward(1)).isEqualTo(2);
  }

  @Test
  void loss_leaves_a_gap_that_late_packets_fill() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(103)).isEqualTo(3);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(102)).isEqualTo(2);
    assertThat(numbers.forward(104)).isEqualTo(4);
  }

  @Test
  void duplicates_keep_their_number() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.forward(102)).isEqualTo(2);
  }

  @Test
  void dropped_packets_leave_no_gap() {
    switchTo(100);
    assertThat(numbers.forward(100)).isEqualTo(0);
    assertThat(numbers.leaveOut(101)).isTrue();
    assertThat(numbers.leaveOut(102)).isTrue();
    assertThat(numbers.forward(103)).isEqualTo(1);
    assertThat(numbers.forward(101)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.leaveOut(101)).isTrue();
  }

  @Test
  void a_drop_behind_a_gap_keeps_the_numbers_of_the_missing() {
    switchTo(100);
    numbers.forward(100);
    assertThat(numbers.leaveOut(103)).isTrue();
    assertThat(numbers.forward(104)).isEqualTo(3);
    assertThat(numbers.forward(101)).isEqualTo(1);
    assertThat(numbers.forward(102)).isEqualTo(2);
  }

  @Test
  void a_drop_that_comes_too_late_leaves_its_gap() {
    switchTo(100);
    numbers.forward(100);
    assertThat(numbers.forward(102)).isEqualTo(2);
    assertThat(numbers.leaveOut(101)).isFalse();
    assertThat(numbers.forward(103)).isEqualTo(3);
  }

  @Test
  void a_switch_goes_on_with_the_next_number() {
    switchTo(100);
    numbers.forward(100);
    numbers.forward(101);
    switchTo(40000);
    assertThat(numbers.forward(40000)).isEqualTo(2);
    assertThat(numbers.forward(39999)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(40001)).isEqualTo(3);
  }

  @Test
  void packets_older_than_the_history_are_not_sent() {
    switchTo(0);
    numbers.forward(0);
    numbers.forward(64);
    assertThat(numbers.forward(0)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(1)).isEqualTo(1);
  }

  @Test
  void a_jump_longer_than_the_history_is_kept() {
    switchTo(0);
    numbers.forward(0);
    assertThat(numbers.forward(10000)).isEqualTo(10000);
    assertThat(numbers.forward(9999)).isEqualTo(9999);
  }

  /** What goes out is unique and gap-free where nothing was lost, whatever the order of arrival. */
  @Test
  void reordered_input_with_drops_gives_each_packet_its_own_number() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      OutgoingNumbers r = new OutgoingNumbers(9, 256, random);
      int first = random.nextInt(65536);
      r.switchTo(first, 0, 90_000, 0);
      int start = r.forward(first);
      Set<Integer> sent = new HashSet<>(Set.of(start));
      int dropped = 0;
      for (int i = 1; i < 300; i += 2) {
        // Pairs arrive in either order; every drop comes in order.
        int one = first + i & 0xFFFF;
        int two = first + i + 1 & 0xFFFF;
        if (random.nextInt(4) == 0) {
          r.leaveOut(one);
          dropped++;
          sent.add(r.forward(two));
        } else if (random.nextBoolean()) {
          sent.add(r.forward(two));
          sent.add(r.forward(one));
        } else {
          sent.add(r.forward(one));
          sent.add(r.forward(two));
        }
      }
      assertThat(sent).hasSize(301 - dropped).doesNotContain(OutgoingNumbers.DROP);
      for (int i = 0; i < sent.size(); i++) {
        assertThat(sent).contains(start + i & 0xFFFF);
      }
    }
  }

  @Test
  void a_switch_forgets_the_numbers_of_the_old_source() {
    switchTo(100);
    for (int i = 100; i < 104; i++) {
      numbers.forward(i);
    }
    switchTo(102);
    assertThat(numbers.forward(101)).isEqualTo(OutgoingNumbers.DROP);
    assertThat(numbers.forward(102)).isEqualTo(4);
  }

  @Test
  void outgoing_numbers_wrap() {
    OutgoingNumbers high = new OutgoingNumbers(9, 64, () -> -1L);
    high.switchTo(0, 0, 90_000, 0);
    int number = high.forward(0);
    assertThat(number).isEqualTo(0x7FFF);
    for (int i = 1; i <= 0x8001; i++) {
      assertThat(high.forward(i)).isEqualTo(number + i & 0xFFFF);
    }
  }

  @Test
  void knows_which_packets_can_go_out_before_they_do() {
    assertThat(numbers.has(100)).isFalse();
    switchTo(100);
    assertThat(numbers.has(100)).isTrue();
    assertThat(numbers.has(99)).isFalse();
    numbers.forward(100);
    numbers.leaveOut(101);
    assertThat(numbers.has(101)).isFalse();
    assertThat(numbers.has(102)).isTrue();
    assertThat(numbers.forward(102)).as("nothing was taken").isEqualTo(1);
  }

  @Test
  void timestamps_go_on_with_the_time_that_has_passed() {
    numbers.switchTo(1, 1000, 90_000, 0);
    long first = numbers.forwardTimestamp(1000, 90_000, 0);
    numbers.switchTo(7, 500_000, 90_000, 2_000_000_000L);
    assertThat(numbers.forwardTimestamp(500_000, 90_000, 2_000_000_000L) - first)
        .isEqualTo(180_000);
    assertThat(numbers.timestamps().translate(500_090) - first).isEqualTo(180_090);
  }
}
