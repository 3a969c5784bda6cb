package io.github.jvbwhip.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPatternTest {
  private static boolean matches(String pattern, String place) {
    String[] names = place.split("/");
    return StreamPattern.of(pattern)
        .orElseThrow()
        .matches(
            Optional.of(new RoomName(names[0])),
            names.length > 1 ? Optional.of(new StreamName(names[1])) : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "*, a, true",
    "*, a/b, true",
    "hall, hall, true",
    "hall, hall/cam, true",
    "hall, halls, false",
    "hall, Hall, false",
    "hall/cam, hall/cam, true",
    "hall/cam, hall, false",
    "hall/cam, hall/cams, false",
    "*/cam, lobby/cam, true",
    "hall/*, hall, false",
    "ha*l, hall, true",
    "ha*l, hal, true",
    "ha*l, hallo, false",
    "*a*b*, xaxbx, true",
    "*a*b*, xbxax, false",
    "*ab, aab, true",
    "a**b, ab, true",
    "a.b, axb, false"
  })
  void matches_names(String pattern, String place, boolean expected) {
    assertThat(matches(pattern, place)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/b", "a/b/c", "a b", "[a]", "a?"})
  void other_texts_are_none(String text) {
    assertThat(StreamPattern.of(text)).isEmpty();
  }

  @Test
  void a_session_is_asked_for_without_names() {
    assertThat(
            StreamPattern.of("hall/cam").orElseThrow().matches(Optional.empty(), Optional.empty()))
        .isTrue();
  }

  /** Whoever issues tokens may let users name patterns. */
  @Test
  @Timeout(5)
  void takes_no_time_to_speak_of_whatever_the_pattern() {
    assertThat(matches("*a".repeat(90) + "*b", "a".repeat(128))).isFalse();
  }
}
