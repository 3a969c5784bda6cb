package io.github.jvbwhip.whip;

import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.core.session.SessionId;
import io.github.jvbwhip.core.session.SessionRegistry;
import io.github.jvbwhip.core.session.SessionState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of connected publishers that send nothing for too long, on any bridge: by the
 * endpoints' counters.
 */
final class MediaWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MediaWatch.class);
  private static final Duration SLOWEST = Duration.ofSeconds(5);
  private static final Duration FASTEST = Duration.ofMillis(100);

  private record Progress(long packets, Instant since) {}

  private final SessionRegistry<IngestEndpoint> sessions;
  private final Duration timeout;
  private final Clock clock;
  private Map<SessionId, Progress> progress = new HashMap<>();
  private @Nullable Future<?> task;

  MediaWatch(SessionRegistry<IngestEndpoint> sessions, Duration timeout, Clock clock) {
    this.sessions = sessions;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** Looks from now on, often enough to be at most a quarter of the time-out late. */
  synchronized void start(ScheduledExecutorService scheduler) {
    Duration quarter = timeout.dividedBy(4);
    Duration upper = quarter.compareTo(SLOWEST) > 0 ? SLOWEST : quarter;
    Duration period = upper.compareTo(FASTEST) < 0 ? FASTEST : upper;
    task =
        scheduler.scheduleWithFixedDelay(
            this::lookAndGoOn, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An executor drops a task that throws. */
  private void lookAndGoOn() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      LOG.error("The watch for silent publishers failed, and goes on", e);
    }
  }

  /** Looks once. */
  synchronized void look() {
    Instant now = clock.instant();
    List<Session<IngestEndpoint>> live = sessions.sessions();
    Map<SessionId, Progress> next = new HashMap<>();
    for (Session<IngestEndpoint> session : live) {
      Optional<IngestEndpoint> endpoint = session.endpoint();
      if (session.state() == SessionState.CONNECTED && endpoint.isPresent()) {
        long packets = endpoint.get().stats().packetsReceived();
        Progress before = progress.getOrDefault(session.id(), new Progress(packets, now));
        Progress current = before.packets == packets ? before : new Progress(packets, now);
        next.put(session.id(), current);
        if (!current.since.plus(timeout).isAfter(now)) {
          var unused =
              session.end(
                  SessionEndReason.MEDIA_TIMEOUT, "nothing came for " + timeout.toSeconds() + " s");
        }
      }
    }
    progress = next;
  }

  @Override
  public synchronized void close() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
