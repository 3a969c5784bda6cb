package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampMapTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int VIDEO = 90_000;
  private static final int OPUS = 48_000;
  private static final int G711 = 8000;
  private static final long MAX = 0xFFFFFFFFL;

  private final TimestampMap map = new TimestampMap(MAX - 1000);

  @Test
  void the_first_source_starts_at_the_first_timestamp() {
    map.switchTo(5000, VIDEO, -3);
    assertThat(map.forward(5000, VIDEO, -3)).isEqualTo(MAX - 1000);
    assertThat(map.forward(8000, VIDEO, SECOND / 30)).isEqualTo(1999);
  }

  @Test
  void a_switch_goes_on_in_proportion_to_time() {
    map.switchTo(5000, VIDEO, 0);
    map.forward(5000, VIDEO, 0);
    map.forward(8000, VIDEO, SECOND / 2);
    map.switchTo(4_000_000_000L, VIDEO, SECOND);
    assertThat(map.forward(4_000_000_000L, VIDEO, SECOND)).isEqualTo(1999 + 45_000);
  }

  @Test
  void a_switch_without_time_between_still_moves_on() {
    map.switchTo(5000, VIDEO, SECOND);
    map.forward(5000, VIDEO, SECOND);
    map.switchTo(100, VIDEO, SECOND);
    assertThat(map.forward(100, VIDEO, SECOND)).isEqualTo(MAX - 999);
    map.switchTo(100, VIDEO, SECOND / 2);
    assertThat(map.forward(100, VIDEO, SECOND / 2)).as("clock read backwards").isEqualTo(MAX - 998);
  }

  @Test
  void late_frames_do_not_move_the_reference_back() {
    map.switchTo(5000, VIDEO, 0);
    map.forward(5000, VIDEO, 0);
    map.forward(14_000, VIDEO, SECOND / 10);
    map.forward(8000, VIDEO, SECOND / 5);
    map.switchTo(0, VIDEO, SECOND / 5);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + 9000 + 9000) & MAX);
  }

  @Test
  void days_between_do_not_overflow() {
    map.switchTo(0, VIDEO, 0);
    map.forward(0, VIDEO, 0);
    long days = 400L * 24 * 3600;
    map.switchTo(0, VIDEO, days * SECOND);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + days * 90_000) & MAX);
  }

  @Test
  void translating_does_not_move_on() {
    map.switchTo(1000, VIDEO, 0);
    assertThat(map.translate(91_000)).isEqualTo((MAX - 1000 + 90_000) & MAX);
    map.switchTo(0, VIDEO, SECOND);
    assertThat(map.translate(0)).isEqualTo((MAX - 1000 + 90_000) & MAX);
  }

  @Test
  void time_until_a_switch_counts_in_the_clock_before_it() {
    map.switchTo(5000, OPUS, 0);
    long opus = map.forward(5000, OPUS, 0);
    map.switchTo(70, G711, SECOND / 2);
    long pcm = map.forward(70, G711, SECOND / 2);
    assertThat(pcm - opus & MAX).isEqualTo(24_000);
    assertThat(map.forward(230, G711, SECOND / 2 + SECOND / 50) - pcm).isEqualTo(160);
    map.switchTo(9, OPUS, SECOND);
    assertThat(map.forward(9, OPUS, SECOND) - pcm).isEqualTo(4000);
  }

  @Test
  void a_source_that_goes_over_to_another_clock_is_left_by_that() {
    map.switchTo(0, OPUS, 0);
    map.forward(0, OPUS, 0);
    long pcm = map.forward(960, G711, SECOND / 50);
    map.switchTo(5, OPUS, SECOND / 50 + SECOND);
    assertThat(map.forward(5, OPUS, SECOND / 50 + SECOND) - pcm & MAX).isEqualTo(8000);
  }

  @Test
  void what_was_kept_is_stamped_with_the_time_of_its_sending() {
    map.switchTo(7000, VIDEO, 0);
    map.squeeze(7000, 0);
    long first = map.forward(7000, VIDEO, 0);
    assertThat(map.forward(10_000, VIDEO, SECOND / 100) - first & MAX).isEqualTo(900);
    assertThat(map.forward(187_000, VIDEO, SECOND / 20) - first & MAX).isEqualTo(4500);
    assertThat(map.forward(10_000, VIDEO, SECOND / 20) - first & MAX).as("late").isEqualTo(900);
    map.release();
    assertThat(map.isSqueezing()).isTrue();
    assertThat(map.forward(190_000, VIDEO, SECOND / 10) - first & MAX).isEqualTo(9000);
    assertThat(map.isSqueezing()).isFalse();
    assertThat(map.forward(193_000, VIDEO, SECOND) - first & MAX).isEqualTo(12_000);
    assertThat(map.translate(187_000) - first & MAX).as("in a report").isEqualTo(6000);
  }

  @Test
  void pictures_that_are_sent_together_keep_their_order_and_timestamps_of_their_own() {
    map.switchTo(0, VIDEO, 0);
    map.squeeze(0, 0);
    long before = map.forward(0, VIDEO, 0);
    for (int frame = 1; frame < 300; frame++) {
      long out = map.forward(frame * 3000L, VIDEO, 0);
      assertThat(SerialNumber.isNewer32(out, before)).isTrue();
      before = out;
    }
    assertThat(before - (MAX - 1000) & MAX).isLessThan(VIDEO / 10);
  }

  @Test
  void pictures_that_are_shown_in_another_order_lie_between_the_others() {
    map.switchTo(0, VIDEO, 0);
    map.squeeze(0, 0);
    int[] display = {0, 3, 1, 2, 6, 4, 5, 9, 7, 8};
    long[] out = new long[display.length];
    for (int i = 0; i < display.length; i++) {
      out[display[i]] = map.forward(display[i] * 3000L, VIDEO, i * SECOND / 1000);
      assertThat(map.forward(display[i] * 3000L, VIDEO, SECOND)).isEqualTo(out[display[i]]);
    }
    map.release();
    for (int i = 1; i < out.length; i++) {
      assertThat(SerialNumber.isNewer32(out[i], out[i - 1])).isTrue();
    }
    long next = map.forward(36_000, VIDEO, SECOND / 50);
    long late = map.forward(26_000, VIDEO, SECOND / 50);
    assertThat(next - out[0] & MAX).isEqualTo(1800);
    assertThat(SerialNumber.isNewer32(out[9], late)).isTrue();
    assertThat(SerialNumber.isNewer32(late, out[8])).isTrue();
  }

  @Test
  void hours_after_a_release_time_goes_on_as_before() {
    map.switchTo(0, VIDEO, 0);
    map.squeeze(0, 0);
    map.release();
    map.forward(9000, VIDEO, SECOND / 100);
    long before = map.translate(9000);
    for (long second = 1; second < 30_000; second += 100) {
      long out = map.forward(9000 + second * VIDEO & MAX, VIDEO, second * SECOND);
      assertThat(out - before & MAX).isEqualTo(second * VIDEO & MAX);
    }
  }
}
