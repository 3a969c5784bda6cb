package io.github.jvbwhip.core.session;

import java.time.Duration;

/**
 * The bounds of a registry.
 *
 * @param maxSessions live sessions in all; at least 1
 * @param maxSessionsPerRoom live sessions in one room; at least 1
 * @param maxConnecting sessions of one network that are not connected yet; 0 for no bound
 * @param maxPerNetwork live sessions of one network; 0 for no bound
 * @param tombstoneTime how long an ended session is remembered
 * @param maxTombstones how many ended sessions are remembered at most; the oldest go first
 */
public record SessionLimits(
    int maxSessions,
    int maxSessionsPerRoom,
    int maxConnecting,
    int maxPerNetwork,
    Duration tombstoneTime,
    int maxTombstones) {
  public SessionLimits {
    if (maxSessions < 1
        || maxSessionsPerRoom < 1
        || maxConnecting < 0
        || maxPerNetwork < 0
        || maxTombstones < 0) {
      throw new IllegalArgumentException("limits are positive");
    }
    if (tombstoneTime.isNegative()) {
      throw new IllegalArgumentException("the tombstone time is not negative");
    }
  }
}
