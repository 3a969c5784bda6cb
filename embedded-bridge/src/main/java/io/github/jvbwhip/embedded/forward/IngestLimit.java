package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.StreamName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much a publisher may send: so many bits a second, taken over some seconds, since keyframes
 * come in bursts. What is beyond that is dropped, as by a link that is too narrow; senders that
 * control congestion then send less. Guarded by the room's lock; allocates nothing for a packet.
 */
final class IngestLimit {
  private static final Logger LOG = LoggerFactory.getLogger(IngestLimit.class);
  private static final double BURST_SECONDS = 3;
  private static final double NANOS = 1e9;
  private static final long TOLD_AGAIN_NANOS = 60_000_000_000L;

  private final StreamName name;

  /** In bits per second; 0 for no limit. */
  private final long bitrate;

  private double credit;
  private long last;
  private long dropped;
  private long droppedBefore;
  private boolean told;
  private long toldAt;

  IngestLimit(StreamName name, long bitrate) {
    this.name = name;
    this.bitrate = bitrate;
    credit = bitrate * BURST_SECONDS;
  }

  /** Whether a packet is taken. */
  boolean admits(int length, long now) {
    if (bitrate == 0) {
      return true;
    }
    double since = Math.max(0, now - last) / NANOS; // All of it is there when the first one comes.
    credit = Math.min(bitrate * BURST_SECONDS, credit + since * bitrate);
    last = now;
    if (credit < 8.0 * length) {
      dropped++;
      return false;
    }
    credit -= 8.0 * length;
    return true;
  }

  /** Packets that were dropped. */
  long dropped() {
    return dropped;
  }

  /** Once a second: the log says so, once a minute. */
  void tell(long now) {
    if (dropped > droppedBefore && (!told || now - toldAt >= TOLD_AGAIN_NANOS)) {
      LOG.warn(
          "Publisher {} sends more than {} bits a second: {} of its packets were dropped",
          name,
          bitrate,
          dropped - droppedBefore);
      droppedBefore = dropped;
      told = true;
      toldAt = now;
    }
  }
}
