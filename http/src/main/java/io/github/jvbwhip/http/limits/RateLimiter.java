package io.github.jvbwhip.http.limits;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.http.config.Network;
import io.github.jvbwhip.http.config.RateLimitConfig;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A token bucket for each client address, or for each /64 of IPv6 (RFC 9725 §5). Thread-safe. The
 * number of buckets is bounded: the one that was used least recently goes first.
 */
public final class RateLimiter {
  private static final int MAX_BUCKETS = 10_000;

  private record Bucket(double tokens, long millis) {}

  private final RateLimitConfig config;
  private final Clock clock;
  private final Map<ClientNetwork, Bucket> buckets = BoundedMap.forgettingTheLeastUsed(MAX_BUCKETS);

  public RateLimiter(RateLimitConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * @throws ProblemException 429 with Retry-After (RFC 6585 §4)
   */
  public void check(String address) throws ProblemException {
    if (config.requestsPerSecond() == 0) {
      return;
    }
    double rate = config.requestsPerSecond();
    boolean allowed;
    synchronized (buckets) {
      long now = clock.millis();
      ClientNetwork key = Network.ofClient(address);
      Bucket bucket = buckets.getOrDefault(key, new Bucket(config.burst(), now));
      double refilled = bucket.tokens + Math.max(0, now - bucket.millis) * rate / 1000;
      double tokens = Math.min(config.burst(), refilled);
      allowed = tokens >= 1;
      buckets.put(key, new Bucket(allowed ? tokens - 1 : tokens, now));
    }
    if (!allowed) {
      throw ProblemException.retryable(
          ProblemType.TOO_MANY_REQUESTS,
          "Too many requests came from this address; slow down.",
          Optional.of(Duration.ofSeconds(1)));
    }
  }
}
