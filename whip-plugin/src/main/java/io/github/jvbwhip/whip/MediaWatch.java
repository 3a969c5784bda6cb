package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of connected publishers that send nothing for too long, on any bridge: by the
 * endpoints' counters. Bridges have no such time-out of their own.
 */
final class MediaWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MediaWatch.class);
  private static final Duration SLOWEST = Duration.ofSeconds(2);
  private static final Duration FASTEST = Duration.ofMillis(100);

  private final SessionRegistry<PublisherSession> sessions;
  private final Duration timeout;
  private final Clock clock;
  private @Nullable Future<?> task;

  MediaWatch(SessionRegistry<PublisherSession> sessions, Duration timeout, Clock clock) {
    this.sessions = sessions;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Looks from now on, often enough to be five seconds late at most: by one look, until the last
   * packet is seen, and by another one.
   */
  synchronized void start(ScheduledExecutorService scheduler) {
    Duration quarter = timeout.dividedBy(4);
    Duration upper = quarter.compareTo(SLOWEST) > 0 ? SLOWEST : quarter;
    Duration period = upper.compareTo(FASTEST) < 0 ? FASTEST : upper;
    task =
        scheduler.scheduleWithFixedDelay(
            this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. Never throws: an executor drops a task that does. */
  synchronized void look() {
    for (PublisherSession session : sessions.sessions()) {
      try {
        look(session, clock.instant());
      } catch (RuntimeException | Error e) {
        LOG.error("Session {}: whether it is silent is not known", session.id(), e);
      }
    }
  }

  private void look(PublisherSession session, Instant now) {
    if (session.isSilent(timeout, now)) {
      var unused =
          session.end(
              SessionEndReason.MEDIA_TIMEOUT, "nothing came for " + timeout.toSeconds() + " s");
    }
  }

  @Override
  public synchronized void close() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
