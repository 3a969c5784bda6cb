package io.github.jvbwhip.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
  @ParameterizedTest
  @CsvSource({
    "0, 10, 10",
    "0, 5000, 4096",
    "4096, 5000, 5000",
    "4096, 65536, 8192",
    "1073741824, 1073741825, 1073741825",
    "1073741824, 2147483647, 2147483647"
  })
  void room_is_doubled_up_to_the_limit(int length, int limit, int grown) {
    assertThat(BodyReader.grown(length, limit)).isEqualTo(grown);
  }
}
