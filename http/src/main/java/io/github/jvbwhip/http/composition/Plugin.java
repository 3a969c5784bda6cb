package io.github.jvbwhip.http.composition;

import java.util.List;

/** A protocol on a bridge. Thread-safe. */
public interface Plugin extends AutoCloseable {

  /** Its servlets; the same ones each time. */
  List<Mount> mounts();

  /**
   * Ends all sessions, having told their clients where that is possible: to be called while the
   * server of the servlets still runs. Idempotent.
   */
  @Override
  void close();
}
