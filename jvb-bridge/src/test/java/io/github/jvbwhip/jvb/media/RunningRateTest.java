package io.github.jvbwhip.jvb.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningRateTest {
  private static final long MILLI = 1_000_000L;

  private final RunningRate rate = new RunningRate();
  private long now = -5_000 * MILLI;

  private void send(int seconds) {
    for (int i = 0; i < seconds * 50; i++) {
      rate.add(250, now);
      now += 20 * MILLI;
    }
  }

  @Test
  void it_is_that_of_the_last_whole_second() {
    assertThat(rate.bitrate(now)).isZero();
    send(3);
    assertThat(rate.bitrate(now)).isEqualTo(100_000);
  }

  @Test
  void it_ends_with_the_stream_and_a_pause_is_no_part_of_it() {
    send(3);
    now += 2000 * MILLI;
    assertThat(rate.bitrate(now)).isZero();
    now += 60_000 * MILLI;
    rate.add(250, now);
    assertThat(rate.bitrate(now)).isZero();
    send(2);
    assertThat(rate.bitrate(now)).isBetween(99_000L, 105_000L);
  }
}
