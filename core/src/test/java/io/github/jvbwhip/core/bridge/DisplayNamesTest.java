package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayNamesTest {
  @Test
  void a_name_stays_as_it_is() {
    assertThat(DisplayNames.plain("Zoë O'Neill")).isEqualTo("Zoë O'Neill");
  }

  @Test
  void what_cannot_be_seen_is_left_out() {
    assertThat(DisplayNames.plain(" A\u202E\n\r\u2028B\u0000 ")).isEqualTo("A B");
  }

  @Test
  void a_name_has_an_end() {
    assertThat(DisplayNames.plain("\uD83D\uDE00".repeat(100_000)))
        .isEqualTo("\uD83D\uDE00".repeat(64));
  }
}
