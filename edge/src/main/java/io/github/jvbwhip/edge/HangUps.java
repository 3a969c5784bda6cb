package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.threads.Waits;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The DELETEs that are under way: the last ones are waited for. Thread-safe. */
final class HangUps {
  private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();

  void add(CompletableFuture<?> farewell) {
    waiting.add(farewell);
    var unused = farewell.whenComplete((answer, failure) -> waiting.remove(farewell));
  }

  /** Waits for that time at most. */
  void await(Duration time) {
    CompletableFuture<?>[] all = waiting.toArray(CompletableFuture<?>[]::new);
    boolean unused = Waits.within(time, CompletableFuture.allOf(all));
  }
}
