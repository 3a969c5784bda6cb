package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.stage.PublishedEncoding;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the encoding that a player gets, about once a second, from what its link seems to carry.
 *
 * <p>The rules, simple on purpose:
 *
 * <ul>
 *   <li>Begin with the largest encoding that the estimate allows; with the largest of all while
 *       nothing is known. In the first seconds a larger one is taken as soon as it shows up.
 *   <li>Two looks in a row with more than 10 % loss, or with an estimate below 90 % of the
 *       encoding's bit rate: go down to what fits the estimate, at least by one. For some time
 *       after a change an estimate that grows is not held against the encoding: it follows what the
 *       player receives, by some percent each second.
 *   <li>Without loss, and with an estimate that is not the limit, try the next larger one after a
 *       pause. A receiver's estimate does not grow much beyond what it receives, so that to try is
 *       the only way to know; a try that fails doubles the pause, up to a minute.
 * </ul>
 *
 * <p>Not thread-safe.
 *
 * @param <L> the encodings
 */
final class LayerChooser<L extends PublishedEncoding> {
  private static final long BEGINNING_NANOS = 3_000_000_000L;
  private static final long FIRST_PAUSE_NANOS = 5_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  /** How long a new encoding may wait for the estimate to grow up to it. */
  private static final long GROWTH_NANOS = 15_000_000_000L;

  /** A layer that is held so long was a success. */
  private static final long PROVEN_NANOS = 20_000_000_000L;

  private static final double HIGH_LOSS = 0.10;
  private static final double LOW_LOSS = 0.02;
  private static final int LOOKS_BEFORE_DOWN = 2;

  private @Nullable L current;
  private long currentSince;
  private long begunAt;
  private long pause = FIRST_PAUSE_NANOS;
  private int badLooks;
  private boolean trying;
  private long lastEstimate = Long.MAX_VALUE;

  /** Forgets the choice: another source follows. */
  void reset() {
    current = null;
    badLooks = 0;
    trying = false;
    pause = FIRST_PAUSE_NANOS;
    lastEstimate = Long.MAX_VALUE;
  }

  /**
   * Looks again.
   *
   * @param fitting the layers that may be sent, smallest first
   * @param estimate of the link to the player, in bits per second, where one is known
   * @param loss the fraction of packets that the player lost lately
   * @return the choice, or null when nothing may be sent
   */
  @Nullable L choose(List<L> fitting, OptionalLong estimate, double loss, long now) {
    if (fitting.isEmpty()) {
      return null;
    }
    int index = current == null ? -1 : fitting.indexOf(current);
    begunAt = current == null ? now : begunAt;
    boolean beginning = now - begunAt < BEGINNING_NANOS && loss < LOW_LOSS;
    if (index < 0 || (beginning && largestWithin(fitting, estimate) > index)) {
      return enter(fitting.get(largestWithin(fitting, estimate)), false, now);
    }
    boolean tooLow =
        estimate.isPresent() && estimate.getAsLong() < fitting.get(index).bitrate() * 9 / 10;
    boolean growing = estimate.orElse(0) > lastEstimate && now - currentSince < GROWTH_NANOS;
    lastEstimate = estimate.orElse(Long.MAX_VALUE);
    boolean congested = loss > HIGH_LOSS || (tooLow && !growing);
    badLooks = congested ? badLooks + 1 : 0;
    if (badLooks >= LOOKS_BEFORE_DOWN && index > 0) {
      return stepDown(fitting, index, estimate, now);
    }
    if (trying && now - currentSince > PROVEN_NANOS) {
      trying = false;
      pause = FIRST_PAUSE_NANOS;
    }
    boolean roomAbove = index + 1 < fitting.size();
    if (!congested && !tooLow && roomAbove && loss < LOW_LOSS && now - currentSince >= pause) {
      L next = fitting.get(index + 1);
      if (estimate.orElse(Long.MAX_VALUE) >= fitting.get(index).bitrate() * 12 / 10
          || estimate.orElse(Long.MAX_VALUE) >= next.bitrate()) {
        return enter(next, true, now);
      }
    }
    return current;
  }

  private @Nullable L stepDown(List<L> fitting, int index, OptionalLong estimate, long now) {
    if (trying) {
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return enter(fitting.get(Math.min(index - 1, largestWithin(fitting, estimate))), false, now);
  }

  private @Nullable L enter(L next, boolean asTry, long now) {
    current = next;
    currentSince = now;
    badLooks = 0;
    trying = asTry;
    return next;
  }

  private static int largestWithin(
      List<? extends PublishedEncoding> fitting, OptionalLong estimate) {
    int index = fitting.size() - 1;
    while (index > 0 && fitting.get(index).bitrate() > estimate.orElse(Long.MAX_VALUE)) {
      index--;
    }
    return index;
  }
}
