package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"sessions", "Sessions", "SESSIONS", "", "a/b", "a b", "\u00e9"})
  void these_are_no_names(String text) {
    assertThat(RoomName.of(text)).isEmpty();
  }
}
