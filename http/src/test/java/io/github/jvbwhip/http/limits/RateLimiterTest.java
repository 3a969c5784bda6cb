package io.github.jvbwhip.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.config.RateLimitConfig.Rate;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final ManualClock clock = new ManualClock();
  private final RateLimiter<ClientNetwork> limiter = RateLimiter.ofAddresses(config(1, 2), clock);

  private static RateLimitConfig config(int requestsPerSecond, int burst) {
    return new RateLimitConfig(new Rate(requestsPerSecond, burst), new Rate(1, 3));
  }

  private int allowed(String address, int times) {
    int count = 0;
    for (int i = 0; i < times; i++) {
      try {
        limiter.check(Network.ofClient(address));
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
    RateLimiter<ClientNetwork> off = RateLimiter.ofAddresses(config(0, 1), clock);
    for (int i = 0; i < 100; i++) {
      off.check(Network.ofClient("192.0.2.1"));
    }
    assertThatThrownBy(
            () -> {
              limiter.check(Network.ofClient("x"));
              limiter.check(Network.ofClient("x"));
              limiter.check(Network.ofClient("x"));
            })
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void counts_each_room_on_its_own() throws Exception {
    RateLimiter<RoomName> rooms = RateLimiter.ofRooms(config(0, 1), clock);
    RoomName hall = new RoomName("hall");
    for (int i = 0; i < 3; i++) {
      rooms.check(hall);
      rooms.check(new RoomName("other"));
    }
    assertThatThrownBy(() -> rooms.check(hall))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(e.detail()).contains("room");
              assertThat(e.headers()).containsKey("Retry-After");
            });
    clock.advance(Duration.ofSeconds(1));
    rooms.check(hall);
  }
}
