package io.github.jvbwhip.jvb.media;

/**
 * The bit rate of a stream, of each second in turn. {@link #add}: one thread; {@link #bitrate}:
 * any. Allocates nothing.
 */
final class RunningRate {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** Nothing has come for so long: what comes now is no part of an interval with that. */
  private static final long PAUSE_NANOS = 2 * INTERVAL_NANOS;

  private long bytes;
  private volatile boolean started;
  private volatile long sinceNanos;
  private volatile long bitrate;

  /** Counts a packet of that many bytes. */
  void add(int length, long nowNanos) {
    long elapsed = nowNanos - sinceNanos;
    if (!started || elapsed >= INTERVAL_NANOS) {
      bitrate = started && elapsed < PAUSE_NANOS ? (long) (bytes * 8e9 / elapsed) : 0;
      sinceNanos = nowNanos;
      started = true;
      bytes = 0;
    }
    bytes += length;
  }

  /** Bits per second; 0 in the first second, and where nothing comes any more. */
  long bitrate(long nowNanos) {
    return started && nowNanos - sinceNanos < PAUSE_NANOS ? bitrate : 0;
  }
}
