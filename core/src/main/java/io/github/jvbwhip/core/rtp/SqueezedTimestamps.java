package io.github.jvbwhip.core.rtp;

/**
 * Timestamps of pictures that go out faster than they were made: each new one gets the time of its
 * sending, by which a receiver sees it come neither early nor late. What is sent after it and shown
 * before (B-frames), or comes late, lies between those that were sent, in its order. Not
 * thread-safe; takes its memory once.
 */
final class SqueezedTimestamps {
  /** Pictures of 240 in a second keep timestamps of their own. */
  private static final int MOST_RATIO = 128;

  /** More than are sent in another order than they are shown. */
  private static final int KNOTS = 32;

  private final long[] sources = new long[KNOTS];
  private final long[] outgoing = new long[KNOTS];
  private long firstOut;
  private long originNanos;
  private int count;

  /** Begins with a picture that is sent now. */
  void begin(long source, long out, long nowNanos) {
    sources[0] = source;
    outgoing[0] = out;
    firstOut = out;
    count = 1;
    originNanos = nowNanos;
  }

  /** Whether that is shown after all that was sent so far. */
  boolean isNewest(long source) {
    return SerialNumber.isNewer32(source, newest());
  }

  /** The newest picture sent so far. */
  long newest() {
    return sources[(count - 1) % KNOTS];
  }

  /** The outgoing timestamp of that. */
  long newestOut() {
    return outgoing[(count - 1) % KNOTS];
  }

  /** A picture that is newer than all before is sent now. */
  void add(long source, int clockRate, long nowNanos) {
    long least = SerialNumber.difference32(source, newest()) / MOST_RATIO + 1;
    long sinceFirst = firstOut + RtpClock.ticks(nowNanos - originNanos, clockRate);
    long due = SerialNumber.difference32(sinceFirst, newestOut());
    long out = newestOut() + Math.max(least, due) & 0xFFFFFFFFL;
    sources[count % KNOTS] = source;
    outgoing[count % KNOTS] = out;
    count++;
  }

  /** The outgoing timestamp of one that is not newer than all that was sent. */
  long translate(long source) {
    int i = count - 1;
    int oldest = Math.max(0, count - KNOTS);
    while (i > oldest && SerialNumber.isNewer32(sources[i % KNOTS], source)) {
      i--;
    }
    long ticks = SerialNumber.difference32(source, sources[i % KNOTS]);
    long out = outgoing[i % KNOTS];
    if (ticks > 0 && i < count - 1) {
      int next = (i + 1) % KNOTS;
      long width = SerialNumber.difference32(sources[next], sources[i % KNOTS]);
      ticks = ticks * SerialNumber.difference32(outgoing[next], out) / width;
    } else {
      ticks = Math.floorDiv(ticks, MOST_RATIO);
    }
    return out + ticks & 0xFFFFFFFFL;
  }
}
