package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.rtp.SequenceUnwrapper;

/**
 * Tells what a packet is to its stream, so that none is forwarded twice (once as itself, once as a
 * retransmission) and a sender that starts its numbers anew is noticed (RFC 3550 A.1). Not
 * thread-safe.
 */
final class ArrivalFilter {
  enum Arrival {
    NEW,
    /** Has been here. */
    DUPLICATE,
    /** Too far from what was expected; most likely not of this sequence. */
    STRAY,
    /** The second of two such in a row: the sender has started its numbers anew. */
    RESTART
  }

  private static final int MAX_DISTANCE = 3000;

  /** A power of two, above {@link #MAX_DISTANCE}. */
  private static final int WINDOW = 4096;

  private static final int NONE = -1;

  private final SequenceUnwrapper sequence = new SequenceUnwrapper();
  private final long[] seen = new long[WINDOW];
  private int straySuccessor = NONE;

  /**
   * Takes a packet in.
   *
   * @param retransmitted whether it came as a retransmission: such a one restarts nothing
   */
  Arrival received(int sequenceNumber, boolean retransmitted) {
    long highest = sequence.highest();
    if (highest != 0 && Math.abs(sequence.peek(sequenceNumber) - highest) > MAX_DISTANCE) {
      boolean second = sequenceNumber == straySuccessor;
      straySuccessor = retransmitted ? NONE : sequenceNumber + 1 & 0xFFFF;
      return second && !retransmitted ? Arrival.RESTART : Arrival.STRAY;
    }
    long number = sequence.unwrap(sequenceNumber);
    int slot = (int) number & (WINDOW - 1);
    if (seen[slot] == number) {
      return Arrival.DUPLICATE;
    }
    seen[slot] = number;
    straySuccessor = NONE;
    return Arrival.NEW;
  }
}
