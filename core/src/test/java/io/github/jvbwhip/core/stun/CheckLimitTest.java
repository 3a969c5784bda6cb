package io.github.jvbwhip.core.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckLimitTest {
  private static final int FROM = 40_000;
  private long now = -5_000_000_000L;
  private final CheckLimit<InetSocketAddress> limit = new CheckLimit<>(now);

  private boolean take(int port) {
    return limit.take(InetSocketAddress.createUnresolved("192.0.2.1", port), now);
  }

  private int taken(int checks, Duration between) {
    int taken = 0;
    for (int i = 0; i < checks; i++) {
      taken += take(FROM) ? 1 : 0;
      now += between.toNanos();
    }
    return taken;
  }

  /** Chromium sends about as many, from all its addresses together. */
  @Test
  void twenty_a_second_are_taken_for_three_seconds() {
    assertThat(taken(60, Duration.ofMillis(50))).isEqualTo(60);
  }

  @Test
  void those_of_a_burst_are_bounded() {
    assertThat(taken(1000, Duration.ZERO)).isEqualTo(64);
  }

  @Test
  void a_few_a_second_are_taken_for_as_long_as_it_takes() {
    assertThat(taken(1000, Duration.ZERO)).isEqualTo(64);

    assertThat(taken(10_000, Duration.ofMillis(1))).isBetween(35, 45);
    assertThat(taken(100, Duration.ofMillis(250))).isBetween(99, 100);
  }

  @Test
  void what_was_not_sent_for_long_is_no_larger_burst() {
    now += Duration.ofHours(1).toNanos();

    assertThat(taken(1000, Duration.ZERO)).isEqualTo(64);
  }

  @Test
  void only_some_addresses_are_taken_and_they_stay() {
    for (int i = 0; i < 32; i++) {
      assertThat(take(FROM + i)).isTrue();
    }

    assertThat(take(FROM + 32)).isFalse();
    assertThat(take(FROM)).isTrue();
  }
}
