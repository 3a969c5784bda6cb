package io.github.jvbwhip.integration.hostile;

import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import java.time.Duration;

/** How long a client waits at most for the next packet of media. Thread-safe. */
final class Pauses implements DatagramFilter {
  private long last = System.nanoTime();
  private long longest;

  @Override
  public synchronized boolean passes(byte[] data) {
    // RFC 7983 §7, RFC 5761 §4: neither STUN, nor DTLS, nor RTCP.
    boolean rtp = data.length > 1 && (data[0] & 0xc0) == 0x80 && (data[1] & 0x7f) >> 5 != 2;
    if (rtp) {
      note();
    }
    return true;
  }

  private void note() {
    long now = System.nanoTime();
    longest = Math.max(longest, now - last);
    last = now;
  }

  /** Counts from now on. */
  synchronized void begin() {
    last = System.nanoTime();
    longest = 0;
  }

  /** The longest one so far, the present one included. */
  synchronized Duration longest() {
    note();
    return Duration.ofNanos(longest);
  }
}
