package io.github.jvbwhip.core.rtp;

import java.util.Arrays;

/**
 * Gives continuous outgoing numbers to the wrapping numbers of a source: a number that is dropped
 * leaves no gap, one that is lost does (so that the receiver notices), one that comes late or twice
 * gets what was kept for it, and after a switch to another source the numbers go on where they
 * were.
 *
 * <p>Outgoing numbers are unwrapped. A bounded history is kept; what is older has no mapping. While
 * nothing is dropped, the difference between the numbers is all that has to be kept: no memory is
 * touched, or taken, for each number. Not thread-safe.
 */
public final class ContinuousNumberMap {
  /** No outgoing number: dropped, too old, or from before the switch. */
  public static final long NONE = -1;

  private static final long[] NOTHING = {};

  private final int mask;

  /** The numbers of the history, at their low bits; used from the first one dropped on. */
  private long[] inputs = NOTHING;

  private long[] outputs = NOTHING;
  private boolean dropped;
  private int bits = 16;
  private long firstInput;
  private long highestInput;
  private long nextOutput;
  private boolean started;

  /**
   * @param firstOutput the first outgoing number
   * @param history how many numbers are remembered: a power of two, at most half of the numbers'
   *     range
   */
  public ContinuousNumberMap(long firstOutput, int history) {
    if (Integer.bitCount(history) != 1) {
      throw new IllegalArgumentException("history is not a power of two: " + history);
    }
    mask = history - 1;
    nextOutput = firstOutput;
  }

  /**
   * Goes over to another source, whose numbers have {@code inputBits} bits: its number {@code
   * first} becomes the next outgoing number, and what is older has none.
   */
  public void switchTo(int first, int inputBits) {
    bits = inputBits;
    dropped = false;
    firstInput = (1L << inputBits) + first;
    highestInput = firstInput - 1;
    started = true;
  }

  /** Whether {@code number} is older than the history. */
  public boolean isForgotten(int number) {
    return started && unwrap(number) < highestInput - mask;
  }

  /** Whether {@link #forward} has an outgoing number for {@code number}. */
  public boolean has(int number) {
    if (!started) {
      return false;
    }
    long input = unwrap(number);
    return input > highestInput || lookUp(input) != NONE;
  }

  /** The outgoing number of {@code number}, or {@link #NONE}. */
  public long forward(int number) {
    if (!started) {
      return NONE;
    }
    long input = unwrap(number);
    if (input > highestInput) {
      advanceTo(input);
    }
    return lookUp(input);
  }

  /**
   * Takes {@code number} out of the sequence.
   *
   * @return false when it came too late: a newer number has gone out, and the gap stays
   */
  public boolean drop(int number) {
    if (!started) {
      return true;
    }
    long input = unwrap(number);
    if (input <= highestInput) {
      return lookUp(input) == NONE;
    }
    if (input > highestInput + 1) {
      advanceTo(input - 1);
    }
    if (!dropped) {
      fillHistory();
      dropped = true;
    }
    highestInput = input;
    inputs[(int) input & mask] = input;
    outputs[(int) input & mask] = NONE;
    return true;
  }

  private long unwrap(int number) {
    return highestInput + SerialNumber.difference(number, highestInput, bits);
  }

  private long lookUp(long input) {
    if (!dropped) {
      return input < firstInput || input < highestInput - mask ? NONE : unbroken(input);
    }
    return inputs[(int) input & mask] == input ? outputs[(int) input & mask] : NONE;
  }

  /** The outgoing number, as long as nothing was dropped. */
  private long unbroken(long input) {
    return nextOutput - 1 - (highestInput - input);
  }

  private void fillHistory() {
    if (inputs.length == 0) {
      inputs = new long[mask + 1];
      outputs = new long[mask + 1];
    }
    Arrays.fill(inputs, NONE);
    for (long i = Math.max(firstInput, highestInput - mask); i <= highestInput; i++) {
      inputs[(int) i & mask] = i;
      outputs[(int) i & mask] = unbroken(i);
    }
  }

  /** Reserves outgoing numbers up to that of {@code input}, for those that may still come. */
  private void advanceTo(long input) {
    if (dropped) {
      long first = Math.max(highestInput + 1, input - mask);
      for (long i = first; i <= input; i++) {
        inputs[(int) i & mask] = i;
        outputs[(int) i & mask] = nextOutput + (i - highestInput - 1);
      }
    }
    nextOutput += input - highestInput;
    highestInput = input;
  }
}
