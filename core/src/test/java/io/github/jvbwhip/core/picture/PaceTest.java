package io.github.jvbwhip.core.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000L;
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final Pace pace = new Pace();

  /** What goes in a second, in bits, asked for each 5 ms. */
  private long bitsInASecond() {
    long bytes = 0;
    for (int i = 1; i <= 200; i++) {
      int now = pace.allowance(i * 5 * MILLI);
      pace.spent(now);
      bytes += now;
    }
    return bytes * 8;
  }

  @Test
  void it_is_a_multiple_of_the_stream_within_bounds() {
    pace.begin(2_000_000, false, UNKNOWN, 0);
    assertThat(bitsInASecond()).isBetween(16_000_000L, 16_200_000L);
    pace.begin(100_000, false, UNKNOWN, 0);
    assertThat(bitsInASecond()).isBetween(8_000_000L, 8_100_000L);
    pace.begin(6_000_000, false, UNKNOWN, 0);
    assertThat(bitsInASecond()).isBetween(25_000_000L, 25_200_000L);
    pace.begin(20_000_000, false, UNKNOWN, 0);
    assertThat(bitsInASecond()).isBetween(40_000_000L, 40_300_000L);
  }

  @Test
  void it_respects_an_estimate_as_far_as_it_can_catch_up_then() {
    pace.begin(2_000_000, false, OptionalLong.of(3_000_000), 0);
    assertThat(bitsInASecond()).isBetween(6_000_000L, 6_100_000L);
    pace.begin(2_000_000, false, OptionalLong.of(300_000), 0);
    assertThat(bitsInASecond()).isBetween(4_000_000L, 4_100_000L);
  }

  @Test
  void it_slows_down_where_packets_get_lost() {
    pace.begin(2_000_000, false, UNKNOWN, 0);
    pace.lost(10 * MILLI);
    assertThat(bitsInASecond()).as("too soon to tell").isBetween(16_000_000L, 16_200_000L);
    pace.lost(50 * MILLI);
    pace.lost(60 * MILLI);
    assertThat(pace.nanosFor(1_250_000) / MILLI).isEqualTo(1000);
    for (int i = 2; i < 20; i++) {
      pace.lost(i * 50 * MILLI);
    }
    assertThat(pace.nanosFor(250_000) / MILLI).as("twice the stream's").isEqualTo(1000);
  }

  @Test
  void a_pause_does_not_add_up() {
    pace.begin(2_000_000, false, UNKNOWN, 0);
    assertThat(pace.allowance(0)).as("at once").isEqualTo(10_000);
    assertThat(pace.allowance(10_000 * MILLI)).isEqualTo(40_000);
  }

  @Test
  void who_has_just_connected_is_given_a_moment() {
    pace.begin(2_000_000, true, UNKNOWN, 0);
    assertThat(pace.allowance(0)).isNotPositive();
    assertThat(pace.allowance(25 * MILLI)).isNotPositive();
    assertThat(pace.allowance(30 * MILLI)).isEqualTo(10_000);
  }
}
