package io.github.jvbwhip.core.rtp;

/**
 * Extends the 16-bit sequence numbers of one stream to numbers that never wrap. Numbers up to 2^15
 * - 1 ahead of the highest one count as newer, others as older. Not thread-safe.
 */
public final class SequenceUnwrapper {
  private long highest;
  private boolean started;

  /**
   * The extended number of a packet that has arrived. The first one is in the cycle 1 (65536 and
   * more), so that packets which arrive late are not negative.
   */
  public long unwrap(int sequenceNumber) {
    if (!started) {
      started = true;
      highest = 0x10000L + (sequenceNumber & 0xFFFF);
      return highest;
    }
    long extended = peek(sequenceNumber);
    highest = Math.max(highest, extended);
    return extended;
  }

  /** The extended number of a packet that is talked about (in a NACK, say), without moving on. */
  public long peek(int sequenceNumber) {
    return highest + SerialNumber.difference16(sequenceNumber, (int) highest);
  }

  /** The highest extended number so far; 0 before the first one. */
  public long highest() {
    return highest;
  }
}
