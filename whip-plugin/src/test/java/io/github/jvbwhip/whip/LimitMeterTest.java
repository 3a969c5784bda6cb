package io.github.jvbwhip.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.PublisherLimits;
import io.github.jvbwhip.core.bridge.Resolution;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.whip.LimitMeter.Excess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitMeterTest {
  private static final Resolution LARGE = new Resolution(1920, 1080);
  private static final Resolution SMALL = new Resolution(720, 1280);

  private final ManualClock clock = new ManualClock();
  private final LimitMeter meter =
      new LimitMeter(
          new PublisherLimits(OptionalLong.of(1_000_000), Optional.of(new Resolution(1280, 720))));
  private long bytes;

  /** After how many seconds of that bit rate it is too much; a look each second. */
  private int secondsUntilTooMuch(long bitrate, int most, Resolution... pictures) {
    for (int second = 0; second <= most; second++) {
      Optional<Excess> excess = meter.look(bytes, List.of(pictures), clock.instant());
      if (excess.isPresent()) {
        return second;
      }
      clock.advance(Duration.ofSeconds(1));
      bytes += bitrate / 8;
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void a_bit_rate_of_half_more_is_tolerated() {
    assertThat(secondsUntilTooMuch(1_500_000, 100)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void more_than_that_is_too_much_after_ten_seconds() {
    assertThat(secondsUntilTooMuch(1_501_000, 100)).isEqualTo(10);
  }

  @Test
  void a_huge_limit_lets_everything_through() {
    LimitMeter huge =
        new LimitMeter(new PublisherLimits(OptionalLong.of(Long.MAX_VALUE), Optional.empty()));
    for (int second = 0; second < 20; second++) {
      assertThat(huge.look(second * 1000L, List.of(), clock.instant())).isEmpty();
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void what_was_long_ago_does_not_count() {
    secondsUntilTooMuch(100_000, 100);
    assertThat(secondsUntilTooMuch(2_000_000, 100)).isBetween(6, 10);
  }

  @Test
  void a_burst_is_no_bit_rate() {
    secondsUntilTooMuch(500_000, 20);
    bytes += 1_000_000; // 8 Mb/s for a second.
    assertThat(secondsUntilTooMuch(500_000, 30)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void a_clock_that_is_put_back_or_looks_that_are_late_end_nothing() {
    secondsUntilTooMuch(1_000_000, 20);
    clock.advance(Duration.ofHours(-1));
    assertThat(secondsUntilTooMuch(1_000_000, 30)).isEqualTo(Integer.MAX_VALUE);
    clock.advance(Duration.ofMinutes(1));
    assertThat(secondsUntilTooMuch(1_000_000, 30)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void larger_pictures_are_too_much_after_ten_seconds() {
    assertThat(secondsUntilTooMuch(0, 8, SMALL, LARGE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(secondsUntilTooMuch(0, 12, SMALL)).isEqualTo(Integer.MAX_VALUE);
    assertThat(secondsUntilTooMuch(0, 100, SMALL, LARGE)).isEqualTo(10);
    assertThat(meter.look(bytes, List.of(LARGE), clock.instant()).orElseThrow())
        .isEqualTo(
            new Excess(SessionEndReason.RESOLUTION_EXCEEDED, "1920x1080 pixels, of 1280x720"));
  }

  /** A smaller picture now and then is no way around it. */
  @Test
  void who_goes_back_and_forth_sends_larger_pictures_all_the_same() {
    assertThat(secondsUntilTooMuch(0, 8, LARGE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(secondsUntilTooMuch(0, 2, SMALL)).isEqualTo(Integer.MAX_VALUE);
    assertThat(secondsUntilTooMuch(0, 8, LARGE)).isLessThan(8);
  }

  @Test
  void without_limits_nothing_is_too_much() {
    LimitMeter free = new LimitMeter(PublisherLimits.NONE);
    for (int i = 0; i < 30; i++) {
      assertThat(free.look(i * 1_000_000_000L, List.of(LARGE), clock.instant())).isEmpty();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(free.wantsPictures()).isFalse();
  }
}
