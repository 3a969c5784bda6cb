package io.github.jvbwhip.core.rtp;

import java.util.Arrays;
import java.util.Map;

/**
 * From the payload types of one side to those of the other, built once from what was negotiated.
 * Immutable.
 */
public final class PayloadTypeMap {
  /** The result for a payload type that the other side does not have: the packet is not for it. */
  public static final int DROP = -1;

  private static final int SIZE = 128;

  private final int[] targets;

  private PayloadTypeMap(int[] targets) {
    this.targets = targets;
  }

  /**
   * A map of exactly these pairs: every other payload type is dropped.
   *
   * @throws IllegalArgumentException for a number outside 0..127
   */
  public static PayloadTypeMap of(Map<Integer, Integer> pairs) {
    int[] targets = new int[SIZE];
    Arrays.fill(targets, DROP);
    pairs.forEach((from, to) -> targets[checked(from)] = checked(to));
    return new PayloadTypeMap(targets);
  }

  /** The target of a payload type 0..127, or {@link #DROP}. */
  public int map(int payloadType) {
    return targets[payloadType & 0x7F];
  }

  private static int checked(int payloadType) {
    if (payloadType < 0 || payloadType >= SIZE) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
    return payloadType;
  }
}
