package io.github.jvbwhip.embedded.forward;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the stage: the loudest, with hysteresis, so that a cough takes it from nobody. Without
 * any audio level the first one stays. Not thread-safe.
 *
 * @param <T> those who may be on the stage
 */
final class DominantSpeaker<T> {
  private static final int LEAD_DECIBELS = 6;
  private static final long LEAD_NANOS = 400_000_000L;
  private static final long STAY_NANOS = 1_500_000_000L;

  private @Nullable T current;
  private @Nullable T challenger;
  private long challengerSince;
  private long currentSince;

  /** Who is on the stage, if anybody. */
  @Nullable T current() {
    return current;
  }

  /**
   * Looks again; to be called some times a second.
   *
   * @param present those who are there, the first comer first
   * @param loudness in dB above the background
   * @return whether another one, or nobody, is on the stage now
   */
  boolean update(List<T> present, ToIntFunction<T> loudness, long now) {
    T before = current;
    if (current == null || !present.contains(current)) {
      enter(loudest(present, loudness), now);
      return current != before;
    }
    T loudest = loudest(present, loudness);
    if (loudest == null
        || loudest == current
        || loudness.applyAsInt(loudest) < loudness.applyAsInt(current) + LEAD_DECIBELS) {
      challenger = null;
      return false;
    }
    if (loudest != challenger) {
      challenger = loudest;
      challengerSince = now;
    }
    if (now - challengerSince < LEAD_NANOS || now - currentSince < STAY_NANOS) {
      return false;
    }
    enter(loudest, now);
    return true;
  }

  private void enter(@Nullable T next, long now) {
    current = next;
    currentSince = now;
    challenger = null;
  }

  /** The first of the loudest ones. */
  private static <T> @Nullable T loudest(List<T> present, ToIntFunction<T> loudness) {
    T best = null;
    for (T each : present) {
      if (best == null || loudness.applyAsInt(each) > loudness.applyAsInt(best)) {
        best = each;
      }
    }
    return best;
  }
}
