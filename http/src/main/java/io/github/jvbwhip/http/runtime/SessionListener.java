package io.github.jvbwhip.http.runtime;

/**
 * Hears of each session whose POST was answered, of both protocols; of its end the session itself
 * tells. Thread-safe; called on the session's threads, and must not block.
 */
@FunctionalInterface
public interface SessionListener {
  /** Does not listen. */
  SessionListener NONE = session -> {};

  /** A session is about to be answered with its URL. */
  void opened(OpenedSession session);

  /** Both hear, this one first. */
  default SessionListener and(SessionListener other) {
    return session -> {
      opened(session);
      other.opened(session);
    };
  }
}
