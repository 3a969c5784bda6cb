package io.github.jvbwhip.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSecretTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void is_unique_and_fits_a_path_segment() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String text = SessionSecret.random(random).reveal();
      assertThat(text).matches("[A-Za-z0-9_-]{32}");
      assertThat(seen.add(text)).isTrue();
    }
  }

  @Test
  void never_shows_itself() {
    SessionSecret secret = SessionSecret.random(random);

    assertThat(secret.toString()).doesNotContain(secret.reveal());
  }

  @Test
  void is_found_again_from_its_segment() {
    SessionSecret secret = SessionSecret.random(random);

    assertThat(SessionSecret.of(secret.reveal())).contains(secret);
    assertThat(SessionSecret.of(secret.reveal()).orElseThrow()).hasSameHashCodeAs(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAA\u00e9AAAAAAAAAAAAAAA"
      })
  void is_nothing_else(String segment) {
    assertThat(SessionSecret.of(segment)).isEmpty();
  }
}
