package io.github.jvbwhip.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those who are about to come into a room, and wait until it is here. Confined to the loop. */
final class Arrivals {
  private final Loop loop;
  private final Runnable gone;
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  /**
   * @param gone is called when one waits no longer
   */
  Arrivals(Loop loop, Runnable gone) {
    this.loop = loop;
    this.gone = gone;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * One more.
   *
   * @return completes when the room is here, or so long has passed
   */
  CompletableFuture<Void> add(Duration patience) {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    waiting.add(arrived);
    Loop.Timer timer = loop.later(patience, () -> arrived.complete(null));
    var unused =
        arrived.whenComplete(
            (done, failure) -> {
              timer.cancel();
              waiting.remove(arrived);
              gone.run();
            });
    return arrived;
  }

  /** The room is here, or need not be. */
  void complete() {
    List.copyOf(waiting).forEach(each -> each.complete(null));
  }
}
