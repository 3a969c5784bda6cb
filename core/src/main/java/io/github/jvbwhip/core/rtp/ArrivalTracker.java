package io.github.jvbwhip.core.rtp;

import java.util.Arrays;

/**
 * Tells what a packet is to its stream (RFC 3550 A.1). All that counts, repairs or forwards a
 * stream goes by this one answer, and by the extended numbers that come with it: two rules for a
 * restart would sooner or later contradict each other. Takes 512 bytes. Not thread-safe.
 */
public final class ArrivalTracker {
  /** What a packet is to its stream. */
  public enum Arrival {
    /** The newest so far. */
    NEW(true),
    /** Fills a gap, as itself: reordered on its way, or sent once more under its own number. */
    LATE(true),
    /** Fills a gap, as a retransmission (RFC 4588). */
    REPAIRED(true),
    /** Has been here. */
    DUPLICATE(false),
    /** Too far from what was expected; most likely not of this sequence. */
    STRAY(false),
    /**
     * The second of two such in a row: the sender has started its numbers anew. Nothing is taken in
     * before {@link #restart}.
     */
    RESTART(false);

    private final boolean wanted;

    Arrival(boolean wanted) {
      this.wanted = wanted;
    }

    /** Whether the packet is of the stream, and here for the first time. */
    public boolean isWanted() {
      return wanted;
    }
  }

  /** Numbers further away than this are of another sequence. */
  private static final int MAX_DISTANCE = 3000;

  /** In packets: a power of two, above {@link #MAX_DISTANCE}. */
  private static final int WINDOW = 4096;

  private static final int NONE = -1;

  /** One bit per number, at its low bits. */
  private final long[] seen = new long[WINDOW / Long.SIZE];

  private long number;
  private long highest;
  private boolean started;
  private int straySuccessor = NONE;

  /**
   * Takes a packet in.
   *
   * @param retransmitted whether it came as a retransmission: such a one restarts nothing
   */
  public Arrival received(int sequenceNumber, boolean retransmitted) {
    if (!started) {
      restart(sequenceNumber);
      return retransmitted ? Arrival.REPAIRED : Arrival.NEW;
    }
    int ahead = SerialNumber.difference16(sequenceNumber, (int) highest);
    if (Math.abs(ahead) > MAX_DISTANCE) {
      boolean second = sequenceNumber == straySuccessor;
      straySuccessor = retransmitted ? NONE : sequenceNumber + 1 & 0xFFFF;
      return second && !retransmitted ? Arrival.RESTART : Arrival.STRAY;
    }
    straySuccessor = NONE;
    number = highest + ahead;
    boolean newest = ahead > 0;
    if (newest) {
      forget(highest + 1, number);
      highest = number;
    } else if (isSeen(number)) {
      return Arrival.DUPLICATE;
    }
    seen[word(number)] |= bit(number);
    if (retransmitted) {
      return Arrival.REPAIRED;
    }
    return newest ? Arrival.NEW : Arrival.LATE;
  }

  /** Begins anew with that packet: it is the newest, and what was before is forgotten. */
  public void restart(int sequenceNumber) {
    started = true;
    straySuccessor = NONE;
    // In the cycle 1, so that those before it are not negative.
    number = 0x10000L + (sequenceNumber & 0xFFFF);
    highest = number;
    Arrays.fill(seen, 0);
    seen[word(number)] |= bit(number);
  }

  /**
   * The number of the packet that was taken in last, extended so that it never wraps; the first one
   * is in the cycle 1 (65536 and more). Means nothing after {@link Arrival#STRAY}.
   */
  public long number() {
    return number;
  }

  private boolean isSeen(long extended) {
    return (seen[word(extended)] & bit(extended)) != 0;
  }

  /** Frees the places of the numbers of an earlier time, up to before {@code to}. */
  private void forget(long from, long to) {
    for (long each = from; each < to; each++) {
      seen[word(each)] &= ~bit(each);
    }
  }

  private static int word(long extended) {
    return (int) extended / Long.SIZE & WINDOW / Long.SIZE - 1;
  }

  private static long bit(long extended) {
    return 1L << extended;
  }
}
