package io.github.jvbwhip.whep.events;

import java.time.Duration;

/**
 * Lets something happen at once when it has not happened for a while, or else once when that time
 * is over, however often it is asked for in between. Confined to its event loop.
 */
final class Throttle {
  private final EventLoop loop;
  private final Duration interval;
  private final Runnable action;
  private boolean ever;
  private boolean waiting;
  private long last;

  /**
   * @param interval the least time between two actions
   */
  Throttle(EventLoop loop, Duration interval, Runnable action) {
    this.loop = loop;
    this.interval = interval;
    this.action = action;
  }

  /** Asks for the action. */
  void request() {
    if (waiting) {
      return;
    }
    long rest = ever ? interval.toNanos() - (loop.nanoTime() - last) : 0;
    if (rest <= 0) {
      runNow();
    } else {
      waiting = true;
      loop.schedule(this::runWaiting, Duration.ofNanos(rest));
    }
  }

  /** Does it now, throttled or not; one that waits is done with it. */
  void runNow() {
    waiting = false;
    ever = true;
    last = loop.nanoTime();
    action.run();
  }

  private void runWaiting() {
    if (waiting) {
      runNow();
    }
  }
}
