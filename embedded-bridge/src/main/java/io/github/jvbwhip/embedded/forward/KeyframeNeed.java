package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.picture.KeyframeAnswers;

/**
 * Whether a keyframe is wanted of one encoding of a publisher, and when it was asked for last. It
 * outlives the streams that the encoding is sent in: a publisher that starts anew all the time is
 * not asked all the time. Not thread-safe.
 */
final class KeyframeNeed {
  /** After a request a player that chooses waits so long for the next one. */
  private static final long CHOICE_INTERVAL_NANOS = 200_000_000L;

  private boolean wanted;
  private boolean chosen;
  private boolean everAsked;
  private long askedAt;
  private final KeyframeAnswers answers = new KeyframeAnswers();

  /** One is wanted; the publisher is asked once that is due. */
  void want() {
    wanted = true;
  }

  /** The same, and a player has just chosen this encoding: that is due sooner, once. */
  void wantOfChoice() {
    wanted = true;
    chosen = true;
  }

  /** One has come. */
  void came(long now) {
    wanted = false;
    chosen = false;
    answers.came(now);
  }

  /** How old a keyframe that is kept may be to be of use. */
  long usefulNanos() {
    return answers.usefulNanos();
  }

  /** Whether it does not listen to them, as OBS does not. */
  boolean isIgnored() {
    return answers.isDeaf();
  }

  /** Whether to ask now; then it counts as asked. */
  boolean ask(long minimumInterval, long now) {
    long interval = chosen ? Math.min(minimumInterval, CHOICE_INTERVAL_NANOS) : minimumInterval;
    if (!wanted || (everAsked && now - askedAt < interval)) {
      return false;
    }
    answers.asked(now);
    everAsked = true;
    askedAt = now;
    chosen = false;
    return true;
  }
}
