package io.github.jvbwhip.core.rtp;

import io.github.jvbwhip.core.rtp.payload.ParameterSets;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parameter sets of one stream before those of its keyframes that come without, in a
 * packet of their own: a large picture's first packet has no room for them. What follows gets
 * higher sequence numbers by that. Done where packets come in: once for all receivers, whenever
 * they join. Not thread-safe; allocates only when a set is new.
 */
public final class KeyframeCompletion {
  private final InsertedNumbers numbers = new InsertedNumbers();
  private @Nullable ParameterSets sets;
  private int numberBefore;

  /** For a stream that begins, of which nothing is known. */
  public KeyframeCompletion() {}

  /** For one that takes the place of another: what was learnt of the sets is still known. */
  public KeyframeCompletion(KeyframeCompletion before) {
    sets = before.sets;
    if (sets != null) {
      sets.restart();
    }
  }

  /**
   * What comes now is of another codec.
   *
   * @param next what is known of its parameter sets; null when it has none
   */
  public void use(@Nullable ParameterSets next) {
    sets = next;
  }

  /**
   * Whether a packet with parameter sets has to go before this one, which {@link RtpHeader#isValid}
   * has passed: {@link #writeBefore} makes it. To be asked before {@link #number}.
   *
   * @param number its extended sequence number
   */
  public boolean isNeededBefore(byte[] b, int off, int len, long number) {
    if (sets == null
        || !sets.isLackedBy(
            b,
            RtpHeader.payloadOffset(b, off),
            RtpHeader.payloadLength(b, off, len),
            RtpHeader.timestamp(b, off))) {
      return false;
    }
    numberBefore = numbers.putBefore(number);
    return numberBefore != InsertedNumbers.NONE;
  }

  /** Length of the packet that goes before this one. */
  public int lengthBefore(byte[] b, int off) {
    return RtpHeader.headerLength(b, off) + (sets == null ? 0 : sets.length());
  }

  /** Writes the packet that goes before this one: of the same picture, with the same extensions. */
  public void writeBefore(byte[] b, int off, byte[] to, int at) {
    if (sets == null) {
      throw new IllegalStateException("this codec has no parameter sets");
    }
    int header = RtpHeader.headerLength(b, off);
    System.arraycopy(b, off, to, at, header);
    RtpHeader.clearMarkerAndPadding(to, at);
    RtpHeader.setSequenceNumber(to, at, numberBefore);
    sets.write(to, at + header);
  }

  /**
   * The sequence number that a packet goes on with, or {@link InsertedNumbers#NONE} when it came
   * too late for one.
   */
  public int number(long number) {
    return numbers.number(number);
  }
}
