package io.github.jvbwhip.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreezesTest {
  private final Freezes freezes = new Freezes();
  private long millis = 5;

  @Test
  void a_steady_picture_does_not_freeze() {
    frames(100, 33);
    assertThat(freezes.count()).isZero();
  }

  @Test
  void a_frame_that_is_late_by_less_than_the_margin_is_no_freeze() {
    frames(40, 33);
    frames(1, 33 + 149);
    assertThat(freezes.count()).isZero();
  }

  @Test
  void a_frame_that_is_later_is_one() {
    frames(40, 33);
    frames(1, 33 + 151);
    frames(40, 33);
    assertThat(freezes.count()).isEqualTo(1);
    assertThat(TimeUnit.NANOSECONDS.toMillis(freezes.nanos())).isEqualTo(184);
  }

  @Test
  void slow_pictures_may_take_three_times_as_long() {
    frames(40, 200);
    frames(1, 590);
    assertThat(freezes.count()).isZero();
    frames(60, 200);
    frames(1, 610);
    assertThat(freezes.count()).isEqualTo(1);
  }

  @Test
  void what_stands_still_at_the_end_counts_once() {
    frames(40, 33);
    freezes.end(TimeUnit.MILLISECONDS.toNanos(millis + 500));
    freezes.end(TimeUnit.MILLISECONDS.toNanos(millis + 900));
    assertThat(freezes.count()).isEqualTo(1);
    assertThat(TimeUnit.NANOSECONDS.toMillis(freezes.nanos())).isEqualTo(500);
  }

  private void frames(int count, int interval) {
    for (int i = 0; i < count; i++) {
      millis += interval;
      freezes.frame(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
