package io.github.jvbwhip.core.picture;

/**
 * Whether a publisher answers requests for keyframes: by what became of the last ones. Not
 * thread-safe.
 */
public final class KeyframeAnswers {
  /** A keyframe that comes so soon after the request is the answer to it. */
  private static final long ANSWER_NANOS = 250_000_000L;

  /** In a row; one alone may be chance. */
  private static final int ENOUGH = 2;

  /** Where a publisher answers at once, as browsers do. */
  private static final long USEFUL_IF_PROMPT_NANOS = 1_000_000_000L;

  private boolean open;

  /** The first request since the last keyframe. */
  private long askedAt;

  /** Answers in a row; negative: requests in a row that were not answered. */
  private int answers;

  /** It is asked for one. */
  public void asked(long now) {
    if (open) {
      count(false);
    } else {
      open = true;
      askedAt = now;
    }
  }

  /** One has come. */
  public void came(long now) {
    if (open) {
      open = false;
      count(now - askedAt <= ANSWER_NANOS);
    }
  }

  private void count(boolean answered) {
    if (answered) {
      answers = answers < 0 ? 0 : Math.min(ENOUGH, answers + 1);
    } else {
      answers = answers > 0 ? 0 : Math.max(-ENOUGH, answers - 1);
    }
  }

  /**
   * How old a keyframe that is kept may be to be of use: no older where a new one comes at once.
   */
  public long usefulNanos() {
    return answers == ENOUGH ? USEFUL_IF_PROMPT_NANOS : Long.MAX_VALUE;
  }

  /** Whether it does not listen, as OBS does not. */
  public boolean isDeaf() {
    return answers == -ENOUGH;
  }
}
