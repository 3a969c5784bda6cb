package io.github.jvbwhip.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final ManualClock clock = new ManualClock();
  private final RateLimiter limiter = new RateLimiter(new RateLimitConfig(1, 2), clock);

  private int allowed(String address, int times) {
    int count = 0;
    for (int i = 0; i < times; i++) {
      try {
        limiter.check(address);
        count++;
      } catch (ProblemException e) {
        assertThat(e.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
      }
    }
    return count;
  }

  @Test
  void counts_each_address_on_its_own() {
    assertThat(allowed("192.0.2.1", 5)).isEqualTo(2);
    assertThat(allowed("192.0.2.2", 5)).isEqualTo(2);
  }

  @Test
  void refills_with_time_up_to_the_burst() {
    assertThat(allowed("192.0.2.1", 5)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(allowed("192.0.2.1", 5)).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(allowed("192.0.2.1", 5)).isEqualTo(2);
  }

  @Test
  void counts_a_network_of_ipv6_as_one() {
    assertThat(allowed("2001:db8:1:2::1", 5)).isEqualTo(2);
    assertThat(allowed("2001:db8:1:2:ffff::9", 5)).isZero();
    assertThat(allowed("2001:db8:1:3::1", 5)).isEqualTo(2);
  }

  @Test
  void forgets_addresses_that_were_not_seen_for_long_when_there_are_too_many() {
    assertThat(allowed("198.51.100.1", 5)).isEqualTo(2);
    for (int i = 0; i < 10_000; i++) {
      assertThat(allowed("10.0." + (i >> 8) + "." + (i & 255), 1)).isEqualTo(1);
    }
    assertThat(allowed("198.51.100.1", 5)).isEqualTo(2);
  }

  @Test
  void lets_everyone_pass_when_it_is_off() throws Exception {
    RateLimiter off = new RateLimiter(new RateLimitConfig(0, 1), clock);
    for (int i = 0; i < 100; i++) {
      off.check("192.0.2.1");
    }
    assertThatThrownBy(
            () -> {
              limiter.check("x");
              limiter.check("x");
              limiter.check("x");
            })
        .isInstanceOf(ProblemException.class);
  }
}
