package io.github.jvbwhip.embedded.forward;

/**
 * The bit rate that a publisher without transport-wide feedback is told (REMB), from its loss alone
 * (the loss-based controller of draft-ietf-rmcat-gcc-02 §6): up by 8 % a second while next to
 * nothing is lost, down in proportion when more than a tenth is. It does not run far ahead of what
 * comes in. Not thread-safe.
 */
final class IngestEstimate {
  private static final long START = 3_000_000;
  private static final long LOWEST = 100_000;

  private final long highest;
  private final long lowest;
  private long bitrate;

  /**
   * @param highest that is ever told, in bits per second
   */
  IngestEstimate(long highest) {
    this.highest = highest;
    lowest = Math.min(LOWEST, highest);
    bitrate = Math.min(START, highest);
  }

  /**
   * Ends a second.
   *
   * @param lossFraction of all streams together
   * @param received in bits per second
   * @return the estimate, in bits per second
   */
  long update(double lossFraction, long received) {
    if (lossFraction > 0.10) {
      bitrate = (long) (bitrate * (1 - 0.5 * lossFraction));
    } else if (lossFraction < 0.02 && bitrate < Math.max(START, 2 * received)) {
      bitrate = bitrate * 108 / 100;
    }
    bitrate = Math.max(lowest, Math.min(highest, bitrate));
    return bitrate;
  }
}
