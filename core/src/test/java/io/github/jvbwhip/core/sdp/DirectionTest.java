package io.github.jvbwhip.core.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8866 §6.7: who may send, as each side sees it. */
class DirectionTest {

  @ParameterizedTest
  @CsvSource({
    "SENDRECV, true, true, SENDRECV",
    "SENDONLY, true, false, RECVONLY",
    "RECVONLY, false, true, SENDONLY",
    "INACTIVE, false, false, INACTIVE",
  })
  void what_one_side_sends_the_other_receives(
      Direction direction, boolean sends, boolean receives, Direction reversed) {
    assertThat(direction.sends()).isEqualTo(sends);
    assertThat(direction.receives()).isEqualTo(receives);
    assertThat(direction.reversed()).isEqualTo(reversed);
  }
}
