package io.github.jvbwhip.core.rtp;

import org.jspecify.annotations.Nullable;

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
  /** After that nothing comes late any more: three minutes of video. */
  private static final int FORGOTTEN_TICKS = 1 << 24;

  private final long first;
  private long offset;
  private long newest;
  private long newestNanos;
  private int clockRate;
  private boolean started;

  /** Timestamps up to the newest of them are squeezed, where {@link #bent}. */
  private @Nullable SqueezedTimestamps squeezed;

  private boolean bent;

  /** Whether there are more of them to come. */
  private boolean squeezing;

  /** Whether there is one more to come. */
  private boolean releasing;

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
  }

  /**
   * The source just gone over to begins with what was kept of it, with the packet of that
   * timestamp, which is sent now.
   */
  public void squeeze(long timestamp, long nowNanos) {
    if (squeezed == null) {
      squeezed = new SqueezedTimestamps();
    }
    squeezed.begin(timestamp, newest, nowNanos);
    bent = true;
    squeezing = true;
    releasing = false;
  }

  /**
   * What was kept is sent. The next picture, which is sent as it comes, gets the time of that too;
   * from there on timestamps are in proportion to time again.
   */
  public void release() {
    releasing = true;
  }

  /** Whether timestamps are not in proportion to time yet. */
  public boolean isSqueezing() {
    return squeezing;
  }

  /**
   * The outgoing timestamp of a packet of the current source that is sent now.
   *
   * @param rate of its clock, in Hz: a source may go over to another codec
   */
  public long forward(long timestamp, int rate, long nowNanos) {
    if (bent && squeezed != null) {
      if (squeezing && squeezed.isNewest(timestamp)) {
        squeezed.add(timestamp, rate, nowNanos);
        offset = squeezed.newestOut() - squeezed.newest();
        squeezing = !releasing;
      }
      int ahead = SerialNumber.difference32(timestamp, squeezed.newest());
      bent = squeezing || ahead < FORGOTTEN_TICKS;
    }
    long outgoing = map(timestamp);
    if (!SerialNumber.isNewer32(newest, outgoing)) {
      newest = outgoing;
      newestNanos = nowNanos;
      clockRate = rate;
    }
    return outgoing;
  }

  private long map(long timestamp) {
    return bent && squeezed != null && !squeezed.isNewest(timestamp)
        ? squeezed.translate(timestamp)
        : translate(timestamp);
  }

  /**
   * The outgoing counterpart of a timestamp that is talked about (in a sender report, say): of now,
   * give or take what a packet is on its way, and so never squeezed.
   */
  public long translate(long timestamp) {
    return timestamp + offset & 0xFFFFFFFFL;
  }
}
