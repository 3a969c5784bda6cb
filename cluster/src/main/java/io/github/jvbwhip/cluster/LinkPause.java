package io.github.jvbwhip.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long is waited until a link is tried again: longer each time. Confined to the loop. */
final class LinkPause {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 10;

  private final TreeParts with;
  private final Runnable over;
  private Loop.@Nullable Timer timer;
  private int failures;

  /**
   * @param over is called at the end of each pause
   */
  LinkPause(TreeParts with, Runnable over) {
    this.with = with;
    this.over = over;
  }

  boolean isOver() {
    return timer == null;
  }

  /**
   * There is no link any more.
   *
   * @param good whether it has lasted long: then there is no pause
   */
  void begin(boolean good) {
    stop();
    if (good) {
      failures = 0;
      return;
    }
    long most =
        Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    long millis = most / 2 + with.random().nextLong(most / 2 + 1);
    timer =
        with.loop()
            .later(
                Duration.ofMillis(millis),
                () -> {
                  timer = null;
                  over.run();
                });
  }

  /** No link is wanted: the next one that is, is tried at once. */
  void forget() {
    stop();
    failures = 0;
  }

  private void stop() {
    Loop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }
}
