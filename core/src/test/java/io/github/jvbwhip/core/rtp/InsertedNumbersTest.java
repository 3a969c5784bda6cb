package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InsertedNumbersTest {
  private final InsertedNumbers numbers = new InsertedNumbers();

  @Test
  void numbers_stay_while_nothing_is_put_in() {
    assertThat(numbers.number(0x1_FFFF)).isEqualTo(0xFFFF);
    assertThat(numbers.number(0x2_0000)).isZero();
    assertThat(numbers.number(0x1_0000)).isZero();
  }

  @Test
  void what_follows_a_packet_that_was_put_in_is_higher_by_one() {
    numbers.number(0x1_0009);

    assertThat(numbers.putBefore(0x1_000B)).isEqualTo(0xB);
    assertThat(numbers.number(0x1_000B)).isEqualTo(0xC);
    assertThat(numbers.number(0x1_000A)).as("lost, and here again").isEqualTo(0xA);
    assertThat(numbers.putBefore(0x1_000C)).isEqualTo(0xD);
    assertThat(numbers.number(0x1_000C)).isEqualTo(0xE);
    assertThat(numbers.number(0x1_000B)).isEqualTo(0xC);
    assertThat(numbers.number(0x1_0008)).isEqualTo(8);
  }

  @Test
  void nothing_is_put_before_a_packet_that_is_not_the_newest() {
    numbers.number(0x1_0009);

    assertThat(numbers.putBefore(0x1_0009)).isEqualTo(InsertedNumbers.NONE);
    assertThat(numbers.putBefore(0x1_0008)).isEqualTo(InsertedNumbers.NONE);
    assertThat(numbers.number(0x1_000A)).isEqualTo(0xA);
  }

  @Test
  void something_can_be_put_before_the_first_packet() {
    assertThat(numbers.putBefore(0x1_0000)).isZero();
    assertThat(numbers.number(0x1_0000)).isEqualTo(1);
  }

  @Test
  void what_comes_after_too_many_keyframes_has_no_number() {
    for (int i = 0; i < 100; i++) {
      assertThat(numbers.putBefore(0x1_0000 + i)).isEqualTo(2 * i);
      assertThat(numbers.number(0x1_0000 + i)).isEqualTo(2 * i + 1);
    }

    assertThat(numbers.number(0x1_0000 + 80)).isEqualTo(161);
    assertThat(numbers.number(0x1_0000 + 60)).isEqualTo(InsertedNumbers.NONE);
  }
}
