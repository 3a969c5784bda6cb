package io.github.jvbwhip.embedded.forward;

/** Bits per second over the last whole interval between two readings. Not thread-safe. */
final class BitrateMeter {
  private long bytes;
  private long since;
  private boolean started;
  private long bitrate;

  /** Counts a packet of that many bytes. */
  void add(int length) {
    bytes += length;
  }

  /**
   * Ends the interval that the previous call began.
   *
   * @return its bit rate, in bits per second; 0 for the first call
   */
  long roll(long now) {
    long elapsed = now - since;
    bitrate = started && elapsed > 0 ? Math.round(bytes * 8.0 * 1e9 / elapsed) : 0;
    started = true;
    since = now;
    bytes = 0;
    return bitrate;
  }

  /** The bit rate of the last whole interval. */
  long bitrate() {
    return bitrate;
  }
}
