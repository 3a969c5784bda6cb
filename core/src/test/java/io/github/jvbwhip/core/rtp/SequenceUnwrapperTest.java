package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceUnwrapperTest {
  @Test
  void numbers_go_on_over_the_wrap_in_both_directions() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    assertThat(unwrapper.unwrap(65534)).isEqualTo(0x10000 + 65534);
    assertThat(unwrapper.unwrap(1)).isEqualTo(0x20001);
    assertThat(unwrapper.unwrap(65535)).isEqualTo(0x1FFFF);
    assertThat(unwrapper.unwrap(2)).isEqualTo(0x20002);
    assertThat(unwrapper.highest()).isEqualTo(0x20002);
  }

  @Test
  void peeking_does_not_move_on() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    unwrapper.unwrap(10);
    assertThat(unwrapper.peek(20)).isEqualTo(0x10000 + 20);
    assertThat(unwrapper.highest()).isEqualTo(0x10000 + 10);
  }

  @Test
  void packets_before_a_first_one_of_zero_are_not_negative() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    unwrapper.unwrap(0);
    assertThat(unwrapper.unwrap(65535)).isEqualTo(0xFFFF);
  }

  @Test
  void many_cycles_are_counted() {
    SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    long last = unwrapper.unwrap(0);
    for (long i = 1; i < 10; i++) {
      for (int quarter = 1; quarter <= 4; quarter++) {
        long next = unwrapper.unwrap(quarter * 0x4000 & 0xFFFF);
        assertThat(next).isEqualTo(last + 0x4000);
        last = next;
      }
    }
  }
}
