package io.github.jvbwhip.core.rtp;

/**
 * The packets that were sent last on one stream, to answer NACKs from: bounded in bytes, packets
 * and age. All memory is taken at construction. Time is that of {@link System#nanoTime()}. Not
 * thread-safe.
 */
public final class PacketCache {
  /**
   * The result of {@link #get} for a packet that is unknown, too old, or was resent a moment ago.
   */
  public static final int NONE = -1;

  private final byte[] bytes;
  private final long[] positions;
  private final int[] sequenceNumbers;
  private final int[] lengths;
  private final long[] addedNanos;
  private final long[] resentNanos;
  private final boolean[] resent;
  private final int mask;
  private final long maxAgeNanos;

  /** Bytes written since the start; its remainder is the place in {@link #bytes}. */
  private long written;

  /**
   * @param capacity in bytes, at least that of the longest packet
   * @param maxPackets a power of two up to 32768
   */
  public PacketCache(int capacity, int maxPackets, long maxAgeNanos) {
    if (Integer.bitCount(maxPackets) != 1) {
      throw new IllegalArgumentException("not a power of two: " + maxPackets);
    }
    bytes = new byte[capacity];
    positions = new long[maxPackets];
    sequenceNumbers = new int[maxPackets];
    lengths = new int[maxPackets];
    addedNanos = new long[maxPackets];
    resentNanos = new long[maxPackets];
    resent = new boolean[maxPackets];
    mask = maxPackets - 1;
    this.maxAgeNanos = maxAgeNanos;
  }

  /** Keeps a copy of a packet; one that is longer than the whole cache is not kept. */
  public void put(int sequenceNumber, byte[] b, int off, int len, long nowNanos) {
    if (len > bytes.length) {
      return;
    }
    int place = (int) (written % bytes.length);
    if (place + len > bytes.length) {
      // A packet lies in one piece: the rest up to the end stays unused.
      written += bytes.length - place;
      place = 0;
    }
    System.arraycopy(b, off, bytes, place, len);
    int slot = sequenceNumber & mask;
    positions[slot] = written;
    sequenceNumbers[slot] = sequenceNumber & 0xFFFF;
    lengths[slot] = len;
    addedNanos[slot] = nowNanos;
    resent[slot] = false;
    written += len;
  }

  /**
   * Copies a packet out, to be sent again now.
   *
   * @param minIntervalNanos how long ago it must have been resent last: a round trip, so that two
   *     NACKs for one loss cause one packet
   * @return its length in bytes, or {@link #NONE}; then {@code dst} is unchanged
   */
  public int get(int sequenceNumber, long nowNanos, long minIntervalNanos, byte[] dst, int dstOff) {
    int slot = sequenceNumber & mask;
    int length = lengths[slot];
    if (length == 0
        || sequenceNumbers[slot] != (sequenceNumber & 0xFFFF)
        || positions[slot] < written - bytes.length
        || nowNanos - addedNanos[slot] > maxAgeNanos
        || resent[slot] && nowNanos - resentNanos[slot] < minIntervalNanos
        || length > dst.length - dstOff) {
      return NONE;
    }
    resent[slot] = true;
    resentNanos[slot] = nowNanos;
    System.arraycopy(bytes, (int) (positions[slot] % bytes.length), dst, dstOff, length);
    return length;
  }
}
