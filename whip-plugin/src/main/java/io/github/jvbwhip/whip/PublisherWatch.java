package io.github.jvbwhip.whip;

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
 * Looks at all publishers from time to time, and ends sessions that are not to go on, on any
 * bridge: by what each tells of its endpoints and rooms.
 */
abstract class PublisherWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublisherWatch.class);

  private final SessionRegistry<PublisherSession> sessions;
  private final Duration period;
  private final Clock clock;
  private @Nullable Future<?> task;

  /**
   * @param period between two looks
   */
  PublisherWatch(SessionRegistry<PublisherSession> sessions, Duration period, Clock clock) {
    this.sessions = sessions;
    this.period = period;
    this.clock = clock;
  }

  /** Looks from now on. */
  final synchronized void start(ScheduledExecutorService scheduler) {
    task =
        scheduler.scheduleWithFixedDelay(
            this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once. Never throws: an executor drops a task that does. */
  final synchronized void look() {
    for (PublisherSession session : sessions.sessions()) {
      try {
        look(session, clock.instant());
      } catch (RuntimeException | Error e) {
        LOG.error("Session {}: what it sends is not known", session.id(), e);
      }
    }
  }

  /** Looks at one, and ends it where that has to be. */
  abstract void look(PublisherSession session, Instant now);

  @Override
  public final synchronized void close() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
