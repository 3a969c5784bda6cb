package io.github.jvbwhip.core.bridge;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says when a bridge begins to take no new sessions, and when it takes them again; once, where it
 * is at its limit for a while. To be used by one thread.
 */
public final class AvailabilityWatch {
  /** So long it takes them before that is said. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Consumer<String> log;
  private final Consumer<String> drains;
  private boolean refusing;
  private long lastRefused;

  /**
   * @param log gets one line each time
   * @param drains gets it where the bridge is to drain, which somebody wants
   */
  public AvailabilityWatch(Consumer<String> log, Consumer<String> drains) {
    this.log = log;
    this.drains = drains;
  }

  /**
   * To be called now and then.
   *
   * @param nowNanos a monotonic clock
   */
  public void look(Availability now, long nowNanos) {
    if (now.state() != Availability.State.ACCEPTING) {
      lastRefused = nowNanos;
      if (!refusing) {
        refusing = true;
        (now.state() == Availability.State.DRAINING ? drains : log)
            .accept("No new sessions are taken: " + now.detail());
      }
    } else if (refusing && nowNanos - lastRefused >= CALM_NANOS) {
      refusing = false;
      log.accept("New sessions are taken again.");
    }
  }
}
