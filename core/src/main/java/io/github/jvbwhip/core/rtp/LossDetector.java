package io.github.jvbwhip.core.rtp;

/**
 * Which packets of one incoming stream are missing, and which of them to ask for now. Bounded; time
 * is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class LossDetector {
  private final long[] missing;
  private final long[] noticedNanos;
  private final long[] askedNanos;
  private final int[] asked;
  private final int maxTries;
  private final long patienceNanos;
  private long highest;
  private int size;
  private int givenUp;
  private boolean started;

  /**
   * @param capacity how many packets may be missing at a time; with more, the oldest are given up
   * @param maxTries how often a packet is asked for
   * @param patienceNanos how long a packet may be late before it is asked for (reordering)
   */
  public LossDetector(int capacity, int maxTries, long patienceNanos) {
    missing = new long[capacity];
    noticedNanos = new long[capacity];
    askedNanos = new long[capacity];
    asked = new int[capacity];
    this.maxTries = maxTries;
    this.patienceNanos = patienceNanos;
  }

  /**
   * A packet has arrived, in order or late, by itself or as a retransmission.
   *
   * @param number its sequence number, extended so that it never wraps
   * @return whether it was missing, and had been asked for
   */
  public boolean received(long number, long nowNanos) {
    if (!started) {
      started = true;
      highest = number;
    } else if (number > highest) {
      addMissing(highest + 1, number, nowNanos);
      highest = number;
    } else {
      return remove(number);
    }
    return false;
  }

  /**
   * The packets to ask for now: late for longer than the patience, and not asked for within the
   * last {@code intervalNanos} (a round trip). They count as asked for.
   *
   * @param sequenceNumbers filled in sending order, as {@code Nack.write} wants them
   * @return how many were filled in
   */
  public int due(long nowNanos, long intervalNanos, int[] sequenceNumbers) {
    int count = 0;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      boolean waits =
          asked[i] == 0
              ? nowNanos - noticedNanos[i] < patienceNanos
              : nowNanos - askedNanos[i] < intervalNanos;
      if (!waits && asked[i] >= maxTries) {
        givenUp++;
        continue;
      }
      if (!waits && count < sequenceNumbers.length) {
        sequenceNumbers[count++] = (int) missing[i] & 0xFFFF;
        asked[i]++;
        askedNanos[i] = nowNanos;
      }
      move(i, kept++);
    }
    size = kept;
    return count;
  }

  /**
   * How many packets have been given up since the last call: for video, time to ask for a keyframe.
   */
  public int takeGivenUp() {
    int count = givenUp;
    givenUp = 0;
    return count;
  }

  /** Nothing before now is missed any more: after a keyframe, or when the stream pauses. */
  public void clear() {
    size = 0;
  }

  private void addMissing(long from, long to, long nowNanos) {
    long first = Math.max(from, to - missing.length);
    givenUp += (int) (first - from);
    int added = (int) (to - first);
    int excess = size + added - missing.length;
    if (excess > 0) {
      givenUp += excess;
      for (int i = excess; i < size; i++) {
        move(i, i - excess);
      }
      size -= excess;
    }
    for (long number = first; number < to; number++) {
      missing[size] = number;
      noticedNanos[size] = nowNanos;
      asked[size] = 0;
      size++;
    }
  }

  private boolean remove(long number) {
    for (int i = 0; i < size; i++) {
      if (missing[i] == number) {
        boolean wasAsked = asked[i] > 0;
        for (int k = i + 1; k < size; k++) {
          move(k, k - 1);
        }
        size--;
        return wasAsked;
      }
    }
    return false;
  }

  private void move(int from, int to) {
    missing[to] = missing[from];
    noticedNanos[to] = noticedNanos[from];
    askedNanos[to] = askedNanos[from];
    asked[to] = asked[from];
  }
}
