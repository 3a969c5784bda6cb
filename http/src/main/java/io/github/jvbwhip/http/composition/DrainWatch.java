package io.github.jvbwhip.http.composition;

import io.github.jvbwhip.core.bridge.Availability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of a bridge that drains, when they have had their time. Where it takes new ones
 * again before that, they go on. Thread-safe.
 */
public final class DrainWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DrainWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final Supplier<Availability> availability;
  private final List<Plugin> plugins;
  private final Duration time;
  private final Clock clock;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private @Nullable Instant since;
  private boolean timeIsOver;
  private @Nullable Future<?> task;

  /**
   * @param availability the bridge's
   * @param time that sessions have since the bridge has begun to drain; zero for ever
   */
  DrainWatch(
      Supplier<Availability> availability, List<Plugin> plugins, Duration time, Clock clock) {
    this.availability = availability;
    this.plugins = List.copyOf(plugins);
    this.time = time;
    this.clock = clock;
  }

  synchronized void start(ScheduledExecutorService scheduler) {
    task =
        scheduler.scheduleWithFixedDelay(
            this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Completes when the bridge has drained: it takes no sessions, and none is left. */
  public CompletableFuture<Void> drained() {
    return drained.copy();
  }

  /** Looks once. Never throws: an executor drops a task that does. */
  synchronized void look() {
    try {
      if (availability.get().state() == Availability.State.DRAINING) {
        drain(plugins.stream().mapToInt(Plugin::liveSessions).sum());
      } else {
        since = null;
        timeIsOver = false;
      }
    } catch (RuntimeException | Error e) {
      LOG.error("Whether the bridge drains is not known", e);
    }
  }

  private void drain(int sessions) {
    Instant begun = since;
    if (begun == null) {
      since = clock.instant();
      LOG.info(
          "The bridge drains; {} sessions have {}",
          sessions,
          time.isZero() ? "the time that they want" : time.toSeconds() + " s");
    } else if (!time.isZero() && !timeIsOver && !clock.instant().isBefore(begun.plus(time))) {
      timeIsOver = true;
      LOG.info(
          "The bridge has drained for {} s: {} sessions are ended", time.toSeconds(), sessions);
      plugins.forEach(plugin -> plugin.endSessions("the bridge has drained"));
    }
    if (sessions == 0) {
      drained.complete(null);
    }
  }

  @Override
  public synchronized void close() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
