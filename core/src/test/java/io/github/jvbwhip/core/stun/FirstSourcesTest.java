package io.github.jvbwhip.core.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import org.junit.jupiter.api.Test;

class FirstSourcesTest {
  private final FirstSources<String> sources = new FirstSources<>();

  private boolean comes(int id, String from) {
    return sources.isFromElsewhere(new TransactionId(1, id), from);
  }

  @Test
  void one_that_is_repeated_is_no_other() {
    assertThat(comes(1, "here")).isFalse();
    assertThat(comes(1, "here")).isFalse();
    assertThat(comes(2, "there")).isFalse();
  }

  @Test
  void one_that_is_repeated_from_another_address_is_from_elsewhere_each_time() {
    assertThat(comes(1, "here")).isFalse();
    assertThat(comes(1, "there")).isTrue();
    assertThat(comes(1, "there")).isTrue();
    assertThat(comes(1, "here")).isFalse();
  }

  @Test
  void of_many_the_oldest_are_forgotten() {
    for (int id = 0; id < 65; id++) {
      assertThat(comes(id, "here")).isFalse();
    }
    assertThat(comes(64, "there")).isTrue();
    assertThat(comes(0, "there")).isFalse();
  }
}
