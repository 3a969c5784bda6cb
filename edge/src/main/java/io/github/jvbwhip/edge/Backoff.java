package io.github.jvbwhip.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: longer each time, and not all at once. Confined. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);

  private final Duration longest;
  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
  }

  /** It went well: what fails from now on fails for the first time. */
  void succeeded() {
    next = FIRST;
  }

  /**
   * The pause after a failure: between half of it and all of it.
   *
   * @param wanted what the other side asks for at least
   */
  Duration pause(Optional<Duration> wanted) {
    Duration bound = next.compareTo(longest) < 0 ? next : longest;
    Duration chosen =
        Duration.ofMillis(
            Math.max(1, random.nextLong(bound.toMillis() / 2 + 1) + bound.toMillis() / 2));
    next = bound.multipliedBy(2);
    return wanted.filter(least -> least.compareTo(chosen) > 0).orElse(chosen);
  }
}
