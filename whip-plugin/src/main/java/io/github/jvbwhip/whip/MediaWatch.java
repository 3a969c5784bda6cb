package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Ends the sessions of connected publishers that send nothing for too long. Bridges have no such
 * time-out of their own.
 */
final class MediaWatch extends PublisherWatch {
  private static final Duration SLOWEST = Duration.ofSeconds(2);
  private static final Duration FASTEST = Duration.ofMillis(100);

  private final Duration timeout;

  MediaWatch(SessionRegistry<PublisherSession> sessions, Duration timeout, Clock clock) {
    super(sessions, period(timeout), clock);
    this.timeout = timeout;
  }

  /**
   * Often enough to be five seconds late at most: by one look, until the last packet is seen, and
   * by another one.
   */
  private static Duration period(Duration timeout) {
    Duration quarter = timeout.dividedBy(4);
    Duration upper = quarter.compareTo(SLOWEST) > 0 ? SLOWEST : quarter;
    return upper.compareTo(FASTEST) < 0 ? FASTEST : upper;
  }

  @Override
  void look(PublisherSession session, Instant now) {
    if (session.isSilent(timeout, now)) {
      var unused =
          session.end(
              SessionEndReason.MEDIA_TIMEOUT, "nothing came for " + timeout.toSeconds() + " s");
    }
  }
}
