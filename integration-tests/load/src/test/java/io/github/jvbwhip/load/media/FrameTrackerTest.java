package io.github.jvbwhip.load.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameTrackerTest {
  private static final long FIRST = 70_000;
  private static final long LATER = 400_000_000;

  private final FrameTracker frames = new FrameTracker();
  private long now = 1000;

  /** Frames of three packets each; every tenth is a keyframe, the one of {@link #FIRST} too. */
  private void receive(long number) {
    long frame = (number - FIRST) / 3;
    boolean keyframe = (number - FIRST) % 30 == 0;
    frames.received(number, 3000 * frame, (number - FIRST) % 3 == 2, keyframe, ++now);
  }

  private void receive(long from, long to) {
    for (long number = from; number < to; number++) {
      receive(number);
    }
  }

  @Test
  void counts_from_the_first_keyframe_on() {
    receive(FIRST + 7, FIRST + 30);
    assertThat(frames.frames()).isZero();
    assertThat(frames.needsKeyframe()).isTrue();
    receive(FIRST + 30, FIRST + 32);
    assertThat(frames.needsKeyframe()).isFalse();
    assertThat(frames.keyframes()).isZero();
    receive(FIRST + 32);
    assertThat(frames.keyframes()).isEqualTo(1);
    assertThat(frames.firstKeyframeNanos()).isEqualTo(now);
    receive(FIRST + 33, FIRST + 36);
    assertThat(frames.frames()).isEqualTo(2);
    assertThat(frames.keyframes()).isEqualTo(1);
  }

  @Test
  void a_gap_holds_frames_back_until_it_is_filled() {
    receive(FIRST, FIRST + 4);
    receive(FIRST + 5, FIRST + 12);
    assertThat(frames.frames()).isEqualTo(1);
    receive(FIRST + 4);
    assertThat(frames.frames()).isEqualTo(4);
  }

  @Test
  void a_keyframe_is_complete_when_its_first_loss_is_repaired() {
    receive(FIRST);
    receive(FIRST + 2);
    assertThat(frames.keyframes()).isZero();
    receive(FIRST + 1);
    assertThat(frames.keyframes()).isEqualTo(1);
  }

  @Test
  void a_gap_that_stays_is_given_up_at_the_next_keyframe() {
    receive(FIRST, FIRST + 4);
    receive(FIRST + 5, FIRST + 33);
    frames.giveUpGap(now + 1);
    assertThat(frames.frames()).isEqualTo(1);
    frames.giveUpGap(now + LATER);
    assertThat(frames.frames()).isEqualTo(2);
    assertThat(frames.keyframes()).isEqualTo(2);
  }

  @Test
  void without_one_there_is_nothing_to_go_on_with() {
    receive(FIRST, FIRST + 4);
    receive(FIRST + 5, FIRST + 29);
    frames.giveUpGap(now + LATER);
    assertThat(frames.needsKeyframe()).isTrue();
    receive(FIRST + 30, FIRST + 36);
    assertThat(frames.needsKeyframe()).isFalse();
    assertThat(frames.frames()).isEqualTo(3);
  }

  @Test
  void a_pause_without_a_gap_needs_nothing() {
    receive(FIRST, FIRST + 6);
    frames.giveUpGap(now + LATER);
    assertThat(frames.needsKeyframe()).isFalse();
    receive(FIRST + 6, FIRST + 9);
    assertThat(frames.frames()).isEqualTo(3);
  }

  @Test
  void goes_on_after_far_more_packets_than_it_remembers() {
    receive(FIRST, FIRST + 9000);
    assertThat(frames.frames()).isEqualTo(3000);
    assertThat(frames.keyframes()).isEqualTo(300);
  }

  @Test
  void a_restart_begins_anew() {
    receive(FIRST, FIRST + 6);
    frames.restart();
    assertThat(frames.needsKeyframe()).isTrue();
    receive(FIRST, FIRST + 3);
    assertThat(frames.frames()).isEqualTo(3);
    assertThat(frames.keyframes()).isEqualTo(2);
  }
}
