package io.github.jvbwhip.xmpp;

import java.util.concurrent.Executor;

/**
 * How somebody leaves a room: once, and not while it still joins, which takes a moment to be given
 * up. Thread-safe; its lock is a leaf.
 */
final class Departure {
  private final Executor line;
  private final Runnable exit;
  private int joining;
  private boolean begun;

  /**
   * @param line in which it leaves
   * @param exit leaves; may wait for the server. Run again where it had begun to join meanwhile
   */
  Departure(Executor line, Runnable exit) {
    this.line = line;
    this.exit = exit;
  }

  /** It is about to join. */
  synchronized void joining() {
    joining++;
  }

  /** It is through with that, whatever has come of it. */
  void joined() {
    synchronized (this) {
      joining--;
    }
    if (hasBegun()) {
      go();
    }
  }

  synchronized boolean hasBegun() {
    return begun;
  }

  /**
   * It is to leave.
   *
   * @return false where it is about to already; otherwise {@link #go} follows
   */
  synchronized boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** Leaves, or does so when it is through with joining. Waits for nothing. */
  void go() {
    synchronized (this) {
      if (joining > 0) {
        return;
      }
    }
    line.execute(exit);
  }
}
