package io.github.jvbwhip.core.rtp;

import io.github.jvbwhip.core.rtp.payload.ParameterSets;
import io.github.jvbwhip.core.rtp.payload.SequenceHeader;
import org.jspecify.annotations.Nullable;

/**
 * Completes the keyframes of one stream that come without what decoders need first. Parameter sets
 * go before them in a packet of their own: a large picture's first packet has no room for them.
 * What follows gets higher sequence numbers by that. AV1's sequence header, which is small, goes
 * into their first packet. Done where packets come in: once for all receivers, whenever they join.
 * Not thread-safe; allocates only when a set or header is new.
 */
public final class KeyframeCompletion {
  /** What is made, or made longer, here fits into any usual MTU, with SRTP. */
  private static final int MAX_LENGTH = 1420;

  private final InsertedNumbers numbers = new InsertedNumbers();
  private @Nullable ParameterSets sets;
  private @Nullable SequenceHeader header;
  private int numberBefore;

  /** For a stream that begins, of which nothing is known. */
  public KeyframeCompletion() {}

  /** For one that takes the place of another: what that sent counts until it sends its own. */
  public KeyframeCompletion(KeyframeCompletion before) {
    sets = before.sets == null ? null : new ParameterSets(before.sets);
    header = before.header == null ? null : new SequenceHeader(before.header);
  }

  /**
   * What comes now is of another codec.
   *
   * @param ofSets what is known of its parameter sets; null when it has none
   * @param ofHeader what is known of its sequence header; null when it has none
   */
  public void use(@Nullable ParameterSets ofSets, @Nullable SequenceHeader ofHeader) {
    sets = ofSets;
    header = ofHeader;
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
            RtpHeader.timestamp(b, off))
        || lengthBefore(b, off) > MAX_LENGTH) {
      return false;
    }
    numberBefore = numbers.putBefore(number);
    return numberBefore != InsertedNumbers.NONE;
  }

  /** Whether keyframes come that cannot be completed: not all parameter sets are known. */
  public boolean lacksParameterSets() {
    return sets != null && sets.isLacking();
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
   * Whether a sequence header has to go into this packet, which {@link RtpHeader#isValid} has
   * passed: {@link #insert} it.
   */
  public boolean isNeededIn(byte[] b, int off, int len) {
    return header != null
        && header.isLackedBy(
            b,
            RtpHeader.payloadOffset(b, off),
            RtpHeader.payloadLength(b, off, len),
            RtpHeader.timestamp(b, off))
        && len + header.growth() <= MAX_LENGTH;
  }

  /** By how many bytes {@link #insert} makes a packet longer, at most. */
  public int growth() {
    return header == null ? 0 : header.growth();
  }

  /**
   * Puts the sequence header into a packet, in place; after it there is room for {@link #growth}.
   *
   * @return the length of the packet then
   */
  public int insert(byte[] b, int off, int len) {
    if (header == null) {
      throw new IllegalStateException("this codec has no sequence header");
    }
    int payload = RtpHeader.payloadOffset(b, off);
    int payloadLength = RtpHeader.removePadding(b, off, len) - (payload - off);
    return payload - off + header.insert(b, payload, payloadLength);
  }

  /**
   * The sequence number that a packet goes on with, or {@link InsertedNumbers#NONE} when it came
   * too late for one.
   */
  public int number(long number) {
    return numbers.number(number);
  }
}
