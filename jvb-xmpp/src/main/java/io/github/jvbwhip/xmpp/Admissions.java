package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.util.concurrent.CompletableFuture;

/** Asks the server whether a player may watch, where threads may wait for it. Pure functions. */
final class Admissions {
  private Admissions() {}

  /** Waits for the server. */
  interface Question {
    /** Returns where the player may. */
    void ask() throws BridgeException;
  }

  /** Waits for nothing. */
  static void decide(CompletableFuture<Void> admitted, MeetingThreads threads, Question question) {
    Runnable asking =
        () -> {
          try {
            question.ask();
            admitted.complete(null);
          } catch (BridgeException e) {
            admitted.completeExceptionally(e);
          }
        };
    if (!threads.join(asking)) {
      admitted.completeExceptionally(XmppErrors.unavailable("The bridge is being stopped.", null));
    }
  }
}
