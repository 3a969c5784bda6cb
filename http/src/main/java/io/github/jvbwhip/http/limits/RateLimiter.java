package io.github.jvbwhip.http.limits;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A token bucket for each of something, such as client networks (RFC 9725 §5). Thread-safe. The
 * number of buckets is bounded: the one that was used least recently goes first.
 *
 * @param <K> what has a bucket
 */
public final class RateLimiter<K> {
  private static final int MAX_BUCKETS = 10_000;

  private record Bucket(double tokens, long millis) {}

  private final RateLimitConfig.Rate config;
  private final String refusal;
  private final Clock clock;
  private final Map<K, Bucket> buckets = BoundedMap.forgettingTheLeastUsed(MAX_BUCKETS);

  private RateLimiter(RateLimitConfig.Rate config, String refusal, Clock clock) {
    this.config = config;
    this.refusal = refusal;
    this.clock = clock;
  }

  /** One for all requests of a client's network: an address, or a /64 of IPv6. */
  public static RateLimiter<ClientNetwork> ofAddresses(RateLimitConfig config, Clock clock) {
    return new RateLimiter<>(
        config.perAddress(), "Too many requests came from this address; slow down.", clock);
  }

  /** One for the sessions that are opened in a room, by whomever. */
  public static RateLimiter<RoomName> ofRooms(RateLimitConfig config, Clock clock) {
    return new RateLimiter<>(
        config.perRoom(), "Too many sessions are opened in this room at a time.", clock);
  }

  /**
   * @throws ProblemException 429 with Retry-After (RFC 6585 §4)
   */
  public void check(K key) throws ProblemException {
    if (config.requestsPerSecond() == 0) {
      return;
    }
    double rate = config.requestsPerSecond();
    boolean allowed;
    synchronized (buckets) {
      long now = clock.millis();
      Bucket bucket = buckets.getOrDefault(key, new Bucket(config.burst(), now));
      double refilled = bucket.tokens + Math.max(0, now - bucket.millis) * rate / 1000;
      double tokens = Math.min(config.burst(), refilled);
      allowed = tokens >= 1;
      buckets.put(key, new Bucket(allowed ? tokens - 1 : tokens, now));
    }
    if (!allowed) {
      throw ProblemException.retryable(
          ProblemType.TOO_MANY_REQUESTS, refusal, Optional.of(Duration.ofSeconds(1)));
    }
  }
}
