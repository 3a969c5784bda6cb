package io.github.jvbwhip.core.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderHabitsTest {
  private static final int FRAME = 3000;
  private static final long FRAME_NANOS = 33_333_333L;
  private static final int FRAMES_PER_SECOND = 30;
  private static final boolean TAKES_REQUESTS = true;

  private final EncoderHabits habits = new EncoderHabits();

  /** Far from zero, as {@link System#nanoTime} may be. */
  private long now = -5_000_000_000L;

  private int number = 0xFFFF - 5;
  private long timestamp = 0xFFFF_FFFFL - 4 * FRAME;

  private void packet(long at, boolean keyframe) {
    habits.packet(number, at & 0xFFFF_FFFFL, keyframe, now);
    number = number + 1 & 0xFFFF;
  }

  private void frame(boolean keyframe) {
    now += FRAME_NANOS;
    timestamp += FRAME;
    packet(timestamp, keyframe);
    packet(timestamp, false);
  }

  private void seconds(int seconds) {
    for (int i = 0; i < seconds * FRAMES_PER_SECOND; i++) {
      frame(false);
    }
  }

  /** P3 B1 B2. */
  private void group() {
    for (int ahead : new int[] {3, 1, 2}) {
      now += FRAME_NANOS;
      packet(timestamp + (long) ahead * FRAME, false);
    }
    timestamp += 3 * FRAME;
  }

  @Test
  void pictures_in_the_order_in_which_they_are_shown_are_none_of_another() {
    frame(true);
    seconds(2);
    assertThat(habits.isReordering(now)).isFalse();
  }

  @Test
  void b_frames_are_noticed_and_forgotten_when_they_are_over() {
    frame(true);
    group();
    assertThat(habits.isReordering(now)).as("after one step back").isFalse();
    group();
    group();
    assertThat(habits.isReordering(now)).isTrue();
    seconds(11);
    assertThat(habits.isReordering(now)).isFalse();
    group();
    assertThat(habits.isReordering(now)).as("one step back much later").isFalse();
  }

  @Test
  void packets_that_come_late_are_no_b_frames() {
    frame(true);
    for (int i = 0; i < 10; i++) {
      int late = number;
      long before = timestamp;
      number++;
      seconds(1);
      habits.packet(late & 0xFFFF, before & 0xFFFF_FFFFL, false, now);
    }
    assertThat(habits.isReordering(now)).isFalse();
  }

  @Test
  void a_clock_that_is_set_back_again_and_again_is_none_either() {
    frame(true);
    for (int i = 0; i < 5; i++) {
      seconds(1);
      timestamp -= 40 * FRAME;
    }
    assertThat(habits.isReordering(now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keyframes_each_few_seconds_are_not_rare(boolean takesRequests) {
    for (int i = 0; i < 4; i++) {
      frame(true);
      seconds(9);
      assertThat(habits.hasRareKeyframes(takesRequests, now)).isFalse();
    }
  }

  @Test
  void a_publisher_that_cannot_be_asked_and_sends_none_for_long_has_rare_ones() {
    frame(true);
    seconds(9);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).isFalse();
    seconds(2);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).isTrue();
    frame(true);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).as("so was the last").isTrue();
    seconds(1);
    frame(true);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).as("not any more").isFalse();
  }

  @Test
  void one_that_sends_none_at_all_has_rare_ones() {
    seconds(11);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).isTrue();
  }

  @Test
  void one_that_sends_them_when_asked_has_not() {
    frame(true);
    seconds(30);
    assertThat(habits.hasRareKeyframes(TAKES_REQUESTS, now)).as("nobody asked").isFalse();
    habits.asked(now);
    seconds(1);
    frame(true);
    assertThat(habits.hasRareKeyframes(TAKES_REQUESTS, now)).as("answered").isFalse();
  }

  @Test
  void one_that_was_asked_in_vain_has() {
    frame(true);
    seconds(15);
    habits.asked(now);
    seconds(1);
    habits.asked(now);
    seconds(2);
    assertThat(habits.hasRareKeyframes(TAKES_REQUESTS, now)).isTrue();
    frame(true);
    seconds(11);
    assertThat(habits.hasRareKeyframes(TAKES_REQUESTS, now)).as("known not to listen").isTrue();
  }

  @Test
  void a_pause_is_no_interval() {
    frame(true);
    seconds(1);
    now += 60_000_000_000L;
    frame(false);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).isFalse();
    frame(true);
    assertThat(habits.hasRareKeyframes(!TAKES_REQUESTS, now)).isFalse();
  }
}
