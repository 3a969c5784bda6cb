package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.ArrivalTracker;
import io.github.jvbwhip.core.rtp.InsertedNumbers;
import io.github.jvbwhip.core.rtp.KeyframeCompletion;
import io.github.jvbwhip.core.rtp.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's video under one SSRC, of a codec whose keyframes need parameter sets or a sequence
 * header: keyframes without them are completed here, for all that the bridge forwards them to. Not
 * thread-safe; allocates only when a set or header is new.
 */
public final class IncomingStream {
  private final ArrivalTracker arrivals = new ArrivalTracker();
  private volatile KeyframeCompletion completion;
  private @Nullable Codec codec;
  private int number = InsertedNumbers.NONE;

  /** For an encoding that begins. */
  public IncomingStream() {
    completion = new KeyframeCompletion();
  }

  /**
   * For one whose encoder began anew, with another SSRC: the sets of the one before still count.
   */
  public IncomingStream(IncomingStream before) {
    completion = new KeyframeCompletion(before.completion);
    codec = before.codec;
  }

  /**
   * A packet has come, which has a valid header.
   *
   * @return whether one with parameter sets is to go before it: {@link #writeBefore} makes that
   */
  public boolean received(byte[] b, int off, int len, @Nullable Codec as) {
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    if (as != codec) {
      codec = as;
      CodecType type = as == null ? CodecType.OTHER : CodecType.of(as);
      completion.use(
          as == null ? null : type.parameterSets(as.parameters()), type.sequenceHeader());
    }
    switch (arrivals.received(sequenceNumber, false)) {
      case RESTART -> {
        arrivals.restart(sequenceNumber);
        completion = new KeyframeCompletion(completion);
      }
      case STRAY -> {
        number = sequenceNumber;
        return false;
      }
      default -> {}
    }
    boolean needed = completion.isNeededBefore(b, off, len, arrivals.number());
    number = completion.number(arrivals.number());
    return needed;
  }

  /**
   * The sequence number that the packet received last goes on with, or {@link InsertedNumbers#NONE}
   * when it does not.
   */
  public int number() {
    return number;
  }

  /** Whether keyframes come that cannot be completed. Any thread. */
  boolean lacksParameterSets() {
    return completion.lacksParameterSets();
  }

  /** Length of the packet that goes before this one. */
  public int lengthBefore(byte[] b, int off) {
    return completion.lengthBefore(b, off);
  }

  /** Writes the packet that goes before this one, with the same SSRC, codec and extensions. */
  public void writeBefore(byte[] b, int off, byte[] to, int at) {
    completion.writeBefore(b, off, to, at);
  }

  /** Whether the packet received last is to get its sequence header: {@link #insert} it. */
  public boolean lacksSequenceHeader(byte[] b, int off, int len) {
    return completion.isNeededIn(b, off, len);
  }

  /** By how many bytes a packet gets longer by a sequence header, at most. */
  public int growth() {
    return completion.growth();
  }

  /**
   * Puts the sequence header into a packet, in place; after it there is room for {@link #growth}.
   *
   * @return the length of the packet then
   */
  public int insert(byte[] b, int off, int len) {
    return completion.insert(b, off, len);
  }
}
