package io.github.jvbwhip.http.sse;

import java.time.Duration;

/**
 * The limits of a stream.
 *
 * @param maxEvents how many events a stream keeps, sent (for replay) and unsent together
 * @param maxBytes how many bytes these may have; one event is kept whatever its size
 * @param heartbeat how long a connection may be silent before a comment is sent
 * @param stallTimeout how long the client may leave a write unread before it is disconnected;
 *     looked at with each heartbeat
 * @param retry what clients are told to wait before they reconnect
 */
public record SseSettings(
    int maxEvents, int maxBytes, Duration heartbeat, Duration stallTimeout, Duration retry) {
  /** 64 events, 12 KiB, a heartbeat every 15 s, stalled after 10 s, retry after 2 s. */
  public static final SseSettings DEFAULTS =
      new SseSettings(
          64, 12 * 1024, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  public SseSettings {
    if (maxEvents < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("a stream keeps at least one event");
    }
    if (heartbeat.isNegative() || heartbeat.isZero() || stallTimeout.isNegative()) {
      throw new IllegalArgumentException("the heartbeat and the stall timeout are positive");
    }
  }
}
