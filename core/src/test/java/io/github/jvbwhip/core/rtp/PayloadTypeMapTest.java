package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTypeMapTest {
  @Test
  void pairs_are_mapped_and_the_rest_is_dropped() {
    PayloadTypeMap map = PayloadTypeMap.of(Map.of(96, 100, 97, 96, 0, 127));
    assertThat(map.map(96)).isEqualTo(100);
    assertThat(map.map(97)).isEqualTo(96);
    assertThat(map.map(0)).isEqualTo(127);
    assertThat(map.map(100)).isEqualTo(PayloadTypeMap.DROP);
  }

  @Test
  void equal_pairs_drop_the_rest_as_others_do() {
    PayloadTypeMap map = PayloadTypeMap.of(Map.of(96, 96));
    assertThat(map.map(96)).isEqualTo(96);
    assertThat(map.map(97)).isEqualTo(PayloadTypeMap.DROP);
  }

  @ParameterizedTest
  @CsvSource({"-1, 96", "128, 96", "96, -1", "96, 128"})
  void numbers_outside_seven_bits_are_refused(int from, int to) {
    assertThatThrownBy(() -> PayloadTypeMap.of(Map.of(from, to)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
