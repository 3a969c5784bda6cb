package io.github.jvbwhip.jvb.media;

import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.codec.CodecType;
import io.github.jvbwhip.core.rtp.ArrivalTracker;
import io.github.jvbwhip.core.rtp.InsertedNumbers;
import io.github.jvbwhip.core.rtp.KeyframeCompletion;
import io.github.jvbwhip.core.rtp.RtpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's video under one SSRC, of a codec whose keyframes need parameter sets and that the
 * bridge does not parse: keyframes without them are completed here, for all that the bridge
 * forwards them to. Not thread-safe; allocates only when a set is new.
 */
public final class IncomingStream {
  private final ArrivalTracker arrivals = new ArrivalTracker();
  private KeyframeCompletion completion = new KeyframeCompletion();
  private @Nullable Codec codec;
  private int number = InsertedNumbers.NONE;

  /**
   * A packet has come, which has a valid header.
   *
   * @return whether one with parameter sets is to go before it: {@link #writeBefore} makes that
   */
  public boolean received(byte[] b, int off, int len, @Nullable Codec as) {
    int sequenceNumber = RtpHeader.sequenceNumber(b, off);
    if (as != codec) {
      codec = as;
      completion.use(as == null ? null : CodecType.of(as).parameterSets(as.parameters()));
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

  /** Length of the packet that goes before this one. */
  public int lengthBefore(byte[] b, int off) {
    return completion.lengthBefore(b, off);
  }

  /** Writes the packet that goes before this one, with the same SSRC, codec and extensions. */
  public void writeBefore(byte[] b, int off, byte[] to, int at) {
    completion.writeBefore(b, off, to, at);
  }
}
