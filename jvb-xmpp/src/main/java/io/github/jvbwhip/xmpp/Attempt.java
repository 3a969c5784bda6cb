package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to get into a room: what it takes waits for the server on a thread for that, and
 * whoever waits for its result has that in time, whatever hangs. Thread-safe.
 *
 * @param result whoever does not want to wait any more completes it
 */
record Attempt<T>(Deadline deadline, CompletableFuture<T> result) {

  Attempt(Deadline deadline) {
    this(deadline, new CompletableFuture<>());
  }

  /** What it takes. Waits for the server. */
  interface Way {
    void go() throws BridgeException;
  }

  /**
   * Begins. Waits for nothing.
   *
   * @param through runs when all of the way is done that is to be done; must only enqueue
   */
  void begin(MeetingThreads threads, BoundedThreads where, Way way, Runnable through) {
    if (deadline.left().isZero()) {
      refuse(deadline.missed());
    }
    Runnable giveUp = threads.later(deadline.left(), () -> refuse(deadline.missed()));
    Optional<BoundedThreads.Task> task = where.begin(() -> go(way, through));
    if (task.isEmpty()) {
      refuse(deadline.missed());
      through.run();
    }
    var unused =
        result.whenComplete(
            (done, failure) -> {
              giveUp.run();
              if (failure != null && task.filter(where::giveUp).isPresent()) {
                through.run();
              }
            });
  }

  private void go(Way way, Runnable through) {
    @Nullable BridgeException failure =
        new BridgeException(BridgeException.Reason.INTERNAL, "A fault of the plugin.");
    try {
      if (!isOver()) {
        way.go();
      }
      failure = null;
    } catch (BridgeException e) {
      failure = deadline.told(e);
    } finally { // A fault is logged by the thread; nobody is to wait for what does not come.
      if (failure != null) {
        refuse(failure);
      }
      through.run();
    }
  }

  /** Whether nobody waits for it any more. */
  boolean isOver() {
    return result.isDone();
  }

  /** It comes to nothing; false where something has come of it already. */
  boolean refuse(BridgeException reason) {
    return result.completeExceptionally(reason);
  }
}
