package io.github.jvbwhip.core.rtp;

/**
 * Timestamps of one outgoing stream that is fed by one source after another: an offset per source,
 * computed at the switch so that the outgoing timestamps go on in proportion to the time that has
 * passed. Sources may have different clock rates: the time that has passed up to a switch counts in
 * the clock before it (RFC 7160 §4.2).
 *
 * <p>A source that begins with what was kept of it is {@linkplain #squeeze squeezed}: its first
 * pictures follow one another as fast as they are sent, in their order, until it is {@linkplain
 * #release released}. What comes late of them then still has its place: up to the newest timestamp
 * of that time the map is flat, from there on as steep as ever.
 *
 * <p>Time is that of {@link System#nanoTime()}. Not thread-safe.
 */
public final class TimestampMap {
  /** Pictures of 240 in a second keep timestamps of their own. */
  private static final long MAX_RATIO = 128;

  /** After that nothing comes late any more: three minutes of video. */
  private static final int FORGOTTEN_TICKS = 1 << 24;

  private final long first;
  private long offset;
  private long newest;
  private long newestNanos;
  private int clockRate;
  private boolean started;

  /**
   * Whether timestamps up to {@link #knee} are squeezed: divided by the ratio, from the origin on.
   */
  private boolean bent;

  /** Whether the knee is not known yet. */
  private boolean squeezing;

  private long ratio = 1;
  private long origin;
  private long originOut;
  private long originNanos;
  private long knee;

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
    bent = false;
    squeezing = false;
    origin = timestamp;
    originOut = newest;
    originNanos = nowNanos;
  }

  /**
   * The source just gone over to begins with what was kept of it.
   *
   * @param ticks how far that goes
   * @param nanos in what time it is sent
   */
  public void squeeze(long ticks, long nanos) {
    long available = Math.max(1, RtpClock.ticks(nanos, clockRate));
    ratio = Math.max(1, Math.min(MAX_RATIO, ticks / available));
    bent = true;
    squeezing = true;
    knee = origin;
  }

  /**
   * What was kept is sent; from here on timestamps are in proportion to time again.
   *
   * @param arrivalNanos when the newest packet sent has come
   */
  public void release(long arrivalNanos) {
    if (!squeezing) {
      return;
    }
    squeezing = false;
    long ahead = SerialNumber.difference32(newest, originOut);
    long due = Math.max(ahead, RtpClock.ticks(arrivalNanos - originNanos, clockRate));
    offset = originOut + due - knee;
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
      knee = squeezing && SerialNumber.isNewer32(timestamp, knee) ? timestamp : knee;
      newestNanos = nowNanos;
      clockRate = rate;
      bent = bent && (squeezing || SerialNumber.difference32(timestamp, knee) < FORGOTTEN_TICKS);
    }
    return outgoing;
  }

  /** The outgoing counterpart of a timestamp that is talked about (in a sender report, say). */
  public long translate(long timestamp) {
    if (bent && (squeezing || !SerialNumber.isNewer32(timestamp, knee))) {
      long ticks = SerialNumber.difference32(timestamp, origin);
      return originOut + Math.floorDiv(ticks, ratio) & 0xFFFFFFFFL;
    }
    return timestamp + offset & 0xFFFFFFFFL;
  }
}
