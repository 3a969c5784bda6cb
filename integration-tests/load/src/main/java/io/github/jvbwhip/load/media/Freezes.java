package io.github.jvbwhip.load.media;

/**
 * How often a picture would have stood still: a frame that is complete later than three times the
 * usual interval after the one before, and by 150 ms more than the usual, as browsers count
 * (webrtc-stats, freezeCount). Time is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class Freezes {
  private static final long MARGIN_NANOS = 150_000_000;
  private static final int SAMPLES = 30;
  private static final int FEWEST_SAMPLES = 5;

  private final long[] intervals = new long[SAMPLES];
  private long sum;
  private int samples;
  private int nextSample;
  private boolean started;
  private long last;
  private long count;
  private long nanos;

  /** A frame is complete, and would be shown. */
  public void frame(long now) {
    if (!started) {
      started = true;
      last = now;
      return;
    }
    long interval = now - last;
    last = now;
    if (!addFreeze(interval)) {
      addSample(interval);
    }
  }

  /** Nothing comes any more: what stands still now counts too. */
  public void end(long now) {
    if (started) {
      addFreeze(now - last);
      started = false;
    }
  }

  public long count() {
    return count;
  }

  /** How long it stood still in all. */
  public long nanos() {
    return nanos;
  }

  private boolean addFreeze(long interval) {
    if (samples < FEWEST_SAMPLES) {
      return false;
    }
    long usual = sum / samples;
    if (interval < Math.max(3 * usual, usual + MARGIN_NANOS)) {
      return false;
    }
    count++;
    nanos += interval;
    return true;
  }

  private void addSample(long interval) {
    if (samples == SAMPLES) {
      sum -= intervals[nextSample];
    } else {
      samples++;
    }
    sum += interval;
    intervals[nextSample] = interval;
    nextSample = (nextSample + 1) % SAMPLES;
  }
}
