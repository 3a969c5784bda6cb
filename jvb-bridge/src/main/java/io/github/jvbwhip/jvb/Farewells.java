package io.github.jvbwhip.jvb;

import java.util.ArrayList;
import java.util.List;

/**
 * How the endpoints of a room that have ended take their leave: the client is told, then the
 * endpoint is expired. The client can see the handshake done before the bridge does, and end the
 * session in between: then the bridge hears it out first. Confined to the room's line of calls.
 */
final class Farewells {
  /** How long an ended session waits for its handshake, to tell the client of the end. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private static final long RETRY_NANOS = 20_000_000L;

  private final RoomTasks tasks;
  private final List<Farewell> waiting = new ArrayList<>();
  private boolean closed;

  Farewells(RoomTasks tasks) {
    this.tasks = tasks;
  }

  /** Tells the client now or a little later, then expires its endpoint. */
  void say(Farewell farewell) {
    say(farewell, tasks.nanoTime() + PATIENCE_NANOS);
  }

  private void say(Farewell farewell, long deadlineNanos) {
    boolean later =
        !farewell.say()
            && !closed
            && tasks.nanoTime() - deadlineNanos < 0
            && tasks.later(RETRY_NANOS, () -> tasks.call(() -> sayAgain(farewell, deadlineNanos)));
    if (later) {
      waiting.add(farewell);
    } else {
      farewell.expire();
    }
  }

  private void sayAgain(Farewell farewell, long deadlineNanos) {
    if (waiting.remove(farewell)) {
      say(farewell, deadlineNanos);
    }
  }

  /**
   * Expires the publishers that wait: whoever comes next may have the same SSRCs, by which alone
   * the bridge tells the sources of a conference apart.
   */
  void endPublishers() {
    end(waiting.stream().filter(Farewell::publisher).toList());
  }

  /** Expires all that wait, and lets none wait from now on. */
  void close() {
    closed = true;
    end(List.copyOf(waiting));
  }

  private void end(List<Farewell> some) {
    waiting.removeAll(some);
    some.forEach(Farewell::expire);
  }
}
