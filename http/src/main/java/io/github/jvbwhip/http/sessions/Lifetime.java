package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.core.session.SessionEndReason;
import io.github.jvbwhip.http.runtime.ServerRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends sessions that have lasted as long as they may. Thread-safe. */
final class Lifetime {
  private final Duration longest;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;

  /**
   * @param longest for each session; zero for ever
   */
  Lifetime(Duration longest, ServerRuntime runtime) {
    this.longest = longest;
    this.clock = runtime.clock();
    this.scheduler = runtime.scheduler();
  }

  /**
   * Ends the session in time.
   *
   * @param allowed until when whoever let the client in did so; the earlier of both ends counts
   */
  void end(Session<?> session, Optional<Instant> allowed) {
    Optional<Instant> latest =
        longest.isZero() ? Optional.empty() : Optional.of(clock.instant().plus(longest));
    if (allowed.isPresent() && latest.filter(allowed.get()::isAfter).isEmpty()) {
      endAt(session, allowed.get(), SessionEndReason.TIME_OVER);
    } else {
      latest.ifPresent(until -> endAt(session, until, SessionEndReason.LONGEST_REACHED));
    }
  }

  /** Nothing of the session is kept until then, once it has ended. */
  private void endAt(Session<?> session, Instant until, SessionEndReason reason) {
    Duration left = Duration.between(clock.instant(), until);
    Future<?> ending =
        scheduler.schedule(
            () -> {
              var unused = session.end(reason, "at " + until);
            },
            Math.max(0, left.toMillis()),
            TimeUnit.MILLISECONDS);
    session.onEnd(end -> ending.cancel(false));
  }
}
