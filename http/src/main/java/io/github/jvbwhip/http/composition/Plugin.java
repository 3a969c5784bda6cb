package io.github.jvbwhip.http.composition;

import java.util.List;

/** A protocol on a bridge. Thread-safe. */
public interface Plugin extends AutoCloseable {

  /** Its servlets; the same ones each time. */
  List<Mount> mounts();

  /** How many sessions it has. */
  default int liveSessions() {
    return 0;
  }

  /**
   * Ends these with {@link io.github.jvbwhip.core.session.SessionEndReason#SHUTDOWN}, and takes
   * others, if they may come. Waits for nothing.
   *
   * @param detail for the log
   */
  default void endSessions(String detail) {}

  /**
   * Ends all sessions, having told their clients where that is possible: to be called while the
   * server of the servlets still runs. Idempotent.
   */
  @Override
  void close();
}
