package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampMapTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MAX = 0xFFFFFFFFL;

  private final TimestampMap map = new TimestampMap(90_000, MAX - 1000);

  @Test
  void the_first_source_starts_at_the_first_timestamp() {
    map.switchTo(5000, -3);
    assertThat(map.forward(5000, -3)).isEqualTo(MAX - 1000);
    assertThat(map.forward(8000, SECOND / 30)).isEqualTo(1999);
  }

  @Test
  void a_switch_goes_on_in_proportion_to_time() {
    map.switchTo(5000, 0);
    map.forward(5000, 0);
    map.forward(8000, SECOND / 2);
    map.switchTo(4_000_000_000L, SECOND);
    assertThat(map.forward(4_000_000_000L, SECOND)).isEqualTo(1999 + 45_000);
  }

  @Test
  void a_switch_without_time_between_still_moves_on() {
    map.switchTo(5000, SECOND);
    map.forward(5000, SECOND);
    map.switchTo(100, SECOND);
    assertThat(map.forward(100, SECOND)).isEqualTo(MAX - 999);
    map.switchTo(100, SECOND / 2);
    assertThat(map.forward(100, SECOND / 2)).as("clock read backwards").isEqualTo(MAX - 998);
  }

  @Test
  void late_frames_do_not_move_the_reference_back() {
    map.switchTo(5000, 0);
    map.forward(5000, 0);
    map.forward(14_000, SECOND / 10);
    map.forward(8000, SECOND / 5);
    map.switchTo(0, SECOND / 5);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + 9000 + 9000) & MAX);
  }

  @Test
  void days_between_do_not_overflow() {
    map.switchTo(0, 0);
    map.forward(0, 0);
    long days = 400L * 24 * 3600;
    map.switchTo(0, days * SECOND);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + days * 90_000) & MAX);
  }

  @Test
  void translating_does_not_move_on() {
    map.switchTo(1000, 0);
    assertThat(map.translate(91_000)).isEqualTo((MAX - 1000 + 90_000) & MAX);
    map.switchTo(0, SECOND);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + 90_000) & MAX);
  }
}
