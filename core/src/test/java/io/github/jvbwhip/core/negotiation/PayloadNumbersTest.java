package io.github.jvbwhip.core.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The order in which the server's offers take payload types. */
class PayloadNumbersTest {

  @Test
  void the_upper_range_comes_before_the_lower_and_rtcps_is_left_out() {
    PayloadNumbers numbers = new PayloadNumbers();
    List<Integer> taken = new ArrayList<>();
    for (OptionalInt n = numbers.next(1); n.isPresent(); n = numbers.next(1)) {
      taken.add(n.getAsInt());
    }
    assertThat(taken).doesNotHaveDuplicates().hasSize(32 + 29).startsWith(96, 97).endsWith(62, 63);
    assertThat(taken).allMatch(n -> n >= 96 || n < 64);
  }

  @Test
  void pairs_stay_together() {
    PayloadNumbers numbers = new PayloadNumbers();
    numbers.next(31);
    assertThat(numbers.next(2)).isEqualTo(OptionalInt.of(35));
    assertThat(numbers.next(1)).isEqualTo(OptionalInt.of(37));
  }

  @Test
  void they_run_out() {
    PayloadNumbers numbers = new PayloadNumbers();
    numbers.next(32);
    numbers.next(28);
    assertThat(numbers.next(2)).isEmpty();
    assertThat(numbers.next(1)).isEqualTo(OptionalInt.of(63));
    assertThat(numbers.next(1)).isEmpty();
  }
}
