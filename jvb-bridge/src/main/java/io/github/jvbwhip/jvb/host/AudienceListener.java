package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.EndReason;

/** Hears what becomes of an audience. Called on threads that must not wait: only enqueues. */
public interface AudienceListener {

  /** {@link Audience#people} has changed. */
  void changed();

  /**
   * It is in the room no more; at most once, and neither after {@link #removed} nor after {@link
   * Audience#leave}. Whoever watches may come again.
   *
   * @param detail what a person who runs the server wants to know; no secrets
   */
  void ended(EndReason reason, String detail);

  /**
   * The people have thrown it out, instead of {@link #ended}: nobody is to watch this conference
   * any more. It may come before it has joined, which fails then.
   */
  void removed(String detail);
}
