package io.github.jvbwhip.load.media;

/**
 * Which frames of a video stream could be decoded, and when: those from a keyframe on of which all
 * packets have come, and of all before them. A gap that stays is given up at the next keyframe.
 * Time is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class FrameTracker {
  /** In packets: a power of two. */
  private static final int WINDOW = 2048;

  /** How long a gap may stay before the next keyframe is taken instead. */
  private static final long PATIENCE_NANOS = 300_000_000;

  private static final int MARKER = 1;
  private static final int KEYFRAME = 2;
  private static final long NONE = -1;

  private final long[] numbers = new long[WINDOW];
  private final long[] timestamps = new long[WINDOW];
  private final byte[] flags = new byte[WINDOW];
  private final Freezes freezes = new Freezes();
  private long next = NONE;
  private long highest;
  private long progress;
  private long keyframeTimestamp = NONE;
  private long frames;
  private long keyframes;
  private long firstKeyframe;

  /**
   * A packet has come, for the first time.
   *
   * @param number its extended sequence number, which is positive
   * @param keyframe whether a keyframe begins with it
   */
  public void received(long number, long timestamp, boolean marker, boolean keyframe, long now) {
    int slot = slot(number);
    if (number <= highest - WINDOW) {
      return;
    }
    numbers[slot] = number;
    timestamps[slot] = timestamp;
    flags[slot] = (byte) ((marker ? MARKER : 0) | (keyframe ? KEYFRAME : 0));
    highest = Math.max(highest, number);
    if (next == NONE && keyframe) {
      next = number;
    }
    release(now);
  }

  /** Gives a gap up that has stayed for long. */
  public void giveUpGap(long now) {
    if (next == NONE || highest < next || now - progress < PATIENCE_NANOS) {
      return;
    }
    long keyframe = Math.max(next, highest - WINDOW + 1);
    while (keyframe <= highest && !begins(keyframe)) {
      keyframe++;
    }
    next = keyframe <= highest ? keyframe : NONE;
    release(now);
  }

  /** The stream has begun anew, with other numbers. */
  public void restart() {
    java.util.Arrays.fill(numbers, 0);
    next = NONE;
    highest = 0;
    keyframeTimestamp = NONE;
  }

  /** Whether nothing can be decoded before a keyframe comes. */
  public boolean needsKeyframe() {
    return next == NONE;
  }

  /** Frames that could be decoded. */
  public long frames() {
    return frames;
  }

  /** Keyframes among them. */
  public long keyframes() {
    return keyframes;
  }

  /** When the first keyframe was complete; means nothing before {@link #keyframes}. */
  public long firstKeyframeNanos() {
    return firstKeyframe;
  }

  public Freezes freezes() {
    return freezes;
  }

  private void release(long now) {
    if (next == NONE) {
      return;
    }
    for (int slot = slot(next); numbers[slot] == next; slot = slot(next)) {
      if ((flags[slot] & KEYFRAME) != 0) {
        keyframeTimestamp = timestamps[slot];
      }
      if ((flags[slot] & MARKER) != 0) {
        complete(timestamps[slot], now);
      }
      next++;
      progress = now;
    }
  }

  private void complete(long timestamp, long now) {
    frames++;
    freezes.frame(now);
    if (timestamp == keyframeTimestamp) {
      keyframes++;
      firstKeyframe = keyframes == 1 ? now : firstKeyframe;
      keyframeTimestamp = NONE;
    }
  }

  private boolean begins(long number) {
    int slot = slot(number);
    return numbers[slot] == number && (flags[slot] & KEYFRAME) != 0;
  }

  private static int slot(long number) {
    return (int) number & WINDOW - 1;
  }
}
