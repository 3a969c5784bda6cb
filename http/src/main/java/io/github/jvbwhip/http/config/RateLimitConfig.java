package io.github.jvbwhip.http.config;

/**
 * How many requests may be made (RFC 9725 §5).
 *
 * @param perAddress of one client address
 * @param perRoom of all clients that open sessions of one room, each of whom may do so
 */
public record RateLimitConfig(Rate perAddress, Rate perRoom) {

  /**
   * A number of requests for a time.
   *
   * @param requestsPerSecond sustained; 0 for no limit
   * @param burst how many at once
   */
  public record Rate(int requestsPerSecond, int burst) {
    private static Rate read(Section section) throws InvalidConfigException {
      return new Rate(section.number("requests-per-second", 0), section.number("burst", 1));
    }
  }

  static RateLimitConfig read(Section section) throws InvalidConfigException {
    Section room = section.section("room");
    RateLimitConfig config = new RateLimitConfig(Rate.read(section), Rate.read(room));
    room.done();
    section.done();
    return config;
  }
}
