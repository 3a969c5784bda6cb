package io.github.jvbwhip.embedded.forward;

/**
 * Whether a keyframe is wanted of one encoding of a publisher, and when it was asked for last. It
 * outlives the streams that the encoding is sent in: a publisher that starts anew all the time is
 * not asked all the time. Not thread-safe.
 */
final class KeyframeNeed {
  /** After a request a player that chooses waits so long for the next one. */
  private static final long CHOICE_INTERVAL_NANOS = 200_000_000L;

  /** A keyframe that comes so soon after the request is the answer to it. */
  private static final long ANSWER_NANOS = 250_000_000L;

  /** In a row; one alone may be chance. */
  private static final int ENOUGH = 2;

  private boolean wanted;
  private boolean chosen;
  private boolean everAsked;
  private long askedAt;

  /** The first request since the last keyframe. */
  private long firstAskedAt;

  private boolean unanswered;

  /** Answers in a row; negative: requests in a row that were not answered. */
  private int answers;

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
    if (unanswered) {
      unanswered = false;
      count(now - firstAskedAt <= ANSWER_NANOS);
    }
  }

  private void count(boolean answered) {
    if (answered) {
      answers = answers < 0 ? 0 : Math.min(ENOUGH, answers + 1);
    } else {
      answers = answers > 0 ? 0 : Math.max(-ENOUGH, answers - 1);
    }
  }

  /** Whether the publisher answers requests at once, as browsers do. */
  boolean isAnswered() {
    return answers == ENOUGH;
  }

  /** Whether it does not listen to them, as OBS does not. */
  boolean isIgnored() {
    return answers == -ENOUGH;
  }

  /** Whether to ask now; then it counts as asked. */
  boolean ask(long minimumInterval, long now) {
    long interval = chosen ? Math.min(minimumInterval, CHOICE_INTERVAL_NANOS) : minimumInterval;
    if (!wanted || (everAsked && now - askedAt < interval)) {
      return false;
    }
    if (unanswered) {
      count(false);
    } else {
      unanswered = true;
      firstAskedAt = now;
    }
    everAsked = true;
    askedAt = now;
    chosen = false;
    return true;
  }
}
