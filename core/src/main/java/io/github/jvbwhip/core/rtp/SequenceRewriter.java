package io.github.jvbwhip.core.rtp;

/**
 * Sequence numbers of one outgoing stream that is fed by one source after another: continuous over
 * drops and switches, with a way back from an outgoing number (in a NACK) to the packet that had
 * it. Not thread-safe.
 */
public final class SequenceRewriter {
  /** The result of {@link #forward} for a packet that must not go out. */
  public static final int DROP = -1;

  /** The result of {@link #original} for a number that is unknown or too old. */
  public static final long UNKNOWN = -1;

  private final ContinuousNumberMap map;
  private final long[] sentNumbers;
  private final long[] sentOrigins;
  private final int mask;
  private long sourceSsrc;

  /**
   * @param firstOutgoing the first outgoing sequence number (random, RFC 3550 §5.1)
   * @param history how many packets are remembered: a power of two up to 32768
   */
  public SequenceRewriter(int firstOutgoing, int history) {
    // One cycle up, so that 0 and UNKNOWN never stand for a number that was sent.
    map = new ContinuousNumberMap(0x10000L + (firstOutgoing & 0xFFFF), history);
    sentNumbers = new long[history];
    sentOrigins = new long[history];
    mask = history - 1;
  }

  /**
   * Goes over to another source: the packet {@code firstSequenceNumber}, a keyframe's first, is
   * next.
   */
  public void switchTo(long ssrc, int firstSequenceNumber) {
    sourceSsrc = ssrc;
    map.switchTo(firstSequenceNumber, 16);
  }

  /**
   * The outgoing sequence number of a packet of the current source, or {@link #DROP} for one from
   * before the switch, one that was dropped, or one that is older than the history.
   */
  public int forward(int sequenceNumber) {
    long outgoing = map.forward(sequenceNumber);
    if (outgoing == ContinuousNumberMap.NONE) {
      return DROP;
    }
    sentNumbers[(int) outgoing & mask] = outgoing;
    sentOrigins[(int) outgoing & mask] = sourceSsrc << 16 | (sequenceNumber & 0xFFFF);
    return (int) outgoing & 0xFFFF;
  }

  /**
   * Leaves a packet of the current source out, without a gap.
   *
   * @return false when it came too late: a newer packet has gone out, and the gap stays
   */
  public boolean drop(int sequenceNumber) {
    return map.drop(sequenceNumber);
  }

  /** What was sent as {@code outgoing}: read it with {@link #ssrc} and {@link #sequenceNumber}. */
  public long original(int outgoing) {
    long newest = map.nextOutput() - 1;
    long number = newest + SerialNumber.difference16(outgoing, (int) newest);
    return number > 0 && sentNumbers[(int) number & mask] == number
        ? sentOrigins[(int) number & mask]
        : UNKNOWN;
  }

  /** The SSRC in a result of {@link #original}. */
  public static long ssrc(long original) {
    return original >>> 16;
  }

  /** The sequence number in a result of {@link #original}. */
  public static int sequenceNumber(long original) {
    return (int) original & 0xFFFF;
  }

  /** The sequence number that the next packet in order will get. */
  public int nextOutgoing() {
    return (int) map.nextOutput() & 0xFFFF;
  }
}
