package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 1982 §3.2. */
class SerialNumberTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "0, 1, -1",
    "0, 0, 0",
    "0, 65535, 1",
    "65535, 0, -1",
    "5, 65530, 11",
    "32767, 0, 32767",
    "32768, 0, -32768",
    "32769, 0, -32767"
  })
  void sequence_numbers_are_compared_over_the_wrap(int a, int b, int difference) {
    assertThat(SerialNumber.difference16(a, b)).isEqualTo(difference);
    assertThat(SerialNumber.difference(a, b, 16)).isEqualTo(difference);
  }

  @ParameterizedTest
  @CsvSource({"0, 4294967295, 1", "4294967295, 0, -1", "2147483647, 0, 2147483647", "7, 7, 0"})
  void timestamps_are_compared_over_the_wrap(long a, long b, int difference) {
    assertThat(SerialNumber.difference32(a, b)).isEqualTo(difference);
    assertThat(SerialNumber.difference(a, b, 32)).isEqualTo(difference);
    assertThat(SerialNumber.isNewer32(a, b)).isEqualTo(difference > 0);
  }

  @ParameterizedTest
  @CsvSource({"7, 0, 127, 1", "7, 127, 0, -1", "15, 3, 32767, 4", "5, 31, 0, -1", "8, 127, 0, 127"})
  void any_width_is_compared(int bits, int a, int b, int difference) {
    assertThat(SerialNumber.difference(a, b, bits)).isEqualTo(difference);
  }
}
