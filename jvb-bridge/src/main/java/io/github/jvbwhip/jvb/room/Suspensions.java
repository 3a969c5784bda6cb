package io.github.jvbwhip.jvb.room;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sources of a picture the bridge does not forward to a player although they come in, because
 * the bandwidth does not suffice for them. Times are nanoseconds of a monotonic clock. Not
 * thread-safe.
 */
public final class Suspensions {
  /**
   * Not forwarded for this long is suspended. More than the time for which a few packets make a
   * source active: browsers begin an encoding with some frames, and go on seconds later.
   */
  static final long PATIENCE_NANOS = 3_000_000_000L;

  /** Not forwarded for this long is worth a word to the bridge. */
  static final long MISSING_NANOS = 700_000_000L;

  /** When to try a suspended source again. */
  static final long RETRY_NANOS = 10_000_000_000L;

  private final Map<String, Long> suspended = new HashMap<>();
  private @Nullable String chosen;

  /** Since when the chosen source could have been forwarded, and was not. */
  private long missedNanos;

  /** Another source, or none, is asked of the bridge from now on. */
  public void choose(@Nullable String source, long nowNanos) {
    if (source == null || !source.equals(chosen)) {
      chosen = source;
      missedNanos = nowNanos;
    }
  }

  /** The chosen source flows, or does not come in. */
  public void flows(long nowNanos) {
    missedNanos = nowNanos;
  }

  /**
   * Looks whether the chosen source flows.
   *
   * @param active the sources that come in: with only one, there is nothing to suspend it for
   * @param forwarded those that the bridge forwards
   * @return whether it is missing: it comes in, and has not been forwarded for a while
   */
  public boolean look(Set<String> active, Set<String> forwarded, long nowNanos) {
    suspended.values().removeIf(since -> nowNanos - since > RETRY_NANOS);
    String source = chosen;
    if (source == null || !active.contains(source) || forwarded.contains(source)) {
      flows(nowNanos);
    } else if (active.size() > 1 && nowNanos - missedNanos > PATIENCE_NANOS) {
      suspended.put(source, nowNanos);
    }
    return nowNanos - missedNanos > MISSING_NANOS;
  }

  /** Whether one of the suspended sources is to be tried again. */
  public boolean isOver(long nowNanos) {
    return !suspended.isEmpty()
        && suspended.values().stream().anyMatch(since -> nowNanos - since > RETRY_NANOS);
  }

  /** The suspended sources. */
  public Set<String> sources() {
    return Set.copyOf(suspended.keySet());
  }
}
