package io.github.jvbwhip.http.config;

/**
 * How many requests one address may make (RFC 9725 §5).
 *
 * @param requestsPerSecond sustained; 0 for no limit
 * @param burst how many at once
 */
public record RateLimitConfig(int requestsPerSecond, int burst) {

  static RateLimitConfig read(Section section) throws InvalidConfigException {
    RateLimitConfig config =
        new RateLimitConfig(section.number("requests-per-second", 0), section.number("burst", 1));
    section.done();
    return config;
  }
}
