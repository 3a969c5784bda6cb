package io.github.jvbwhip.embedded.forward;

import io.github.jvbwhip.core.bridge.StreamName;

/** The publisher of some media, to those who follow that. Guarded by the room's lock. */
interface MediaOwner {
  /** What it publishes is called so. */
  StreamName name();

  /** Whether it has left the room. */
  boolean isClosed();

  /** Whether there are sender reports for all that it sends. */
  boolean hasReportedAll();

  /** Asks it for the keyframes that are wanted and due, out of turn. */
  void askForKeyframes(long now);
}
