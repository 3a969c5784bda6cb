package io.github.jvbwhip.core.rtp;

/**
 * Timestamps of one outgoing stream that is fed by one source after another: an offset per source,
 * computed at the switch so that the outgoing timestamps go on in proportion to the time that has
 * passed. Sources may have different clock rates: the time that has passed up to a switch counts in
 * the clock before it (RFC 7160 §4.2).
 *
 * <p>Time is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class TimestampMap {
  private final long first;
  private long offset;
  private long newest;
  private long newestNanos;
  private int clockRate;
  private boolean started;

  /**
   * @param first the first outgoing timestamp (random, RFC 3550 §5.1)
   */
  public TimestampMap(long first) {
    this.first = first & 0xFFFFFFFFL;
  }

  /**
   * Goes over to another source, whose first packet has {@code timestamp} and is sent now.
   *
   * @param rate of its clock, in Hz
   */
  public void switchTo(long timestamp, int rate, long nowNanos) {
    long next = first;
    if (started) {
      // At least one tick: two frames of one timestamp would be one frame to the receiver.
      next = newest + Math.max(1, RtpClock.ticks(nowNanos - newestNanos, clockRate));
    }
    offset = next - timestamp;
    newest = next & 0xFFFFFFFFL;
    newestNanos = nowNanos;
    clockRate = rate;
    started = true;
  }

  /**
   * The outgoing timestamp of a packet of the current source that is sent now.
   *
   * @param rate of its clock, in Hz: a source may go over to another codec
   */
  public long forward(long timestamp, int rate, long nowNanos) {
    long outgoing = translate(timestamp);
    if (!SerialNumber.isNewer32(newest, outgoing)) {
      newest = outgoing;
      newestNanos = nowNanos;
      clockRate = rate;
    }
    return outgoing;
  }

  /** The outgoing counterpart of a timestamp that is talked about (in a sender report, say). */
  public long translate(long timestamp) {
    return timestamp + offset & 0xFFFFFFFFL;
  }
}
