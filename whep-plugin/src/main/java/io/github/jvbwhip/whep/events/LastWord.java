package io.github.jvbwhip.whep.events;

/** What the player of a session that ends is told by its event streams at last. */
public enum LastWord {
  NOTHING,
  /** To start anew. */
  RECONNECT,
  /** To start anew on another server, where one is known. */
  LEAVE
}
