package io.github.jvbwhip.jvb.room;

import java.util.OptionalLong;

/**
 * When a player that waits for a keyframe is to ask for it: at once, and again after half a second,
 * then less and less often. What others ask for counts, so that many players ask no more often than
 * one. Times are nanoseconds of a monotonic clock. Not thread-safe.
 */
public final class KeyframeWait {
  static final long FIRST_NANOS = 500_000_000L;
  static final long LAST_NANOS = 4_000_000_000L;

  private long sinceNanos;
  private long askedNanos;
  private int times;

  /** From now on another keyframe is waited for. */
  public void begin(long nowNanos) {
    sinceNanos = nowNanos;
    times = 0;
  }

  /** For how long it has been waited for. */
  public long elapsed(long nowNanos) {
    return nowNanos - sinceNanos;
  }

  /** It was asked for, by whomever; of no interest when that was before it was waited for. */
  public void asked(OptionalLong nanos) {
    nanos.ifPresent(this::asked);
  }

  private void asked(long nanos) {
    if (nanos - sinceNanos >= 0 && (times == 0 || nanos - askedNanos > 0)) {
      askedNanos = nanos;
      times++;
    }
  }

  /** Whether it was asked for since it is waited for. */
  public boolean wasAsked() {
    return times > 0;
  }

  /** Whether to ask now. */
  public boolean isDue(long nowNanos) {
    return times == 0
        || nowNanos - askedNanos >= Math.min(FIRST_NANOS << Math.min(times - 1, 10), LAST_NANOS);
  }
}
