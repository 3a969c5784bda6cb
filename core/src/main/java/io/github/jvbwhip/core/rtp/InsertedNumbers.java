package io.github.jvbwhip.core.rtp;

/**
 * The sequence numbers of a stream into which packets are put: from the first of them on, all that
 * follow are higher by the number of packets that were put before them. The identity until then.
 * Works on extended numbers, such as {@link ArrivalTracker#number} tells. Not thread-safe.
 */
public final class InsertedNumbers {
  /** No number: too old, or it is too late to put something there. */
  public static final int NONE = -1;

  /** Packets are put before keyframes. What comes later than so many keyframes has no number. */
  private static final int REMEMBERED = 32;

  /** Before which numbers something was put, the newest at {@code inserted - 1}. */
  private final long[] places = new long[REMEMBERED];

  private long inserted;
  private long highest = Long.MIN_VALUE;

  /** The number of a packet that came. */
  public int number(long number) {
    highest = Math.max(highest, number);
    long before = inserted;
    while (before > 0 && number < place(before - 1)) {
      before--;
      if (inserted - before == REMEMBERED) {
        return NONE;
      }
    }
    return (int) (number + before) & 0xFFFF;
  }

  /**
   * The number of a packet that is put before that one, which has to be the newest and have no
   * number yet; otherwise {@link #NONE}.
   */
  public int putBefore(long number) {
    if (number <= highest) {
      return NONE;
    }
    places[(int) (inserted % REMEMBERED)] = number;
    inserted++;
    return (int) (number + inserted - 1) & 0xFFFF;
  }

  private long place(long index) {
    return places[(int) (index % REMEMBERED)];
  }
}
