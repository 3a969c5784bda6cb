package io.github.jvbwhip.load.net;

import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.rtp.RtpHeader;
import java.util.Random;

/**
 * The loss and the delay that what one client receives meets after its socket. With one seed, the
 * same packets are lost. Not thread-safe.
 */
public final class Impairment {
  private final double loss;
  private final long delayNanos;
  private final Random random;
  private final long[] lost = new long[128];

  /**
   * @param loss the probability that a datagram is lost, 0 to 1
   */
  public Impairment(double loss, long delayNanos, long seed) {
    this.loss = loss;
    this.delayNanos = delayNanos;
    this.random = new Random(seed);
  }

  long delayNanos() {
    return delayNanos;
  }

  /** Whether the next datagram is lost. */
  boolean loses(byte[] b, int length) {
    if (loss == 0 || random.nextDouble() >= loss) {
      return false;
    }
    if (length >= RtpHeader.FIXED_LENGTH && PacketKind.of(b, 0, length) == PacketKind.RTP) {
      lost[RtpHeader.payloadType(b, 0)]++;
    }
    return true;
  }

  /** How many RTP packets with this payload type were lost here. */
  public long lost(int payloadType) {
    return lost[payloadType];
  }
}
