package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.relay.RelayLink.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streams of a link that the bridge has refused. They may only be there twice, for a while: over a
 * link that is about to end, too. So they are told once more, and what is refused then is a clash.
 * Confined to the loop.
 */
final class Clashes {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Loop loop;
  private final Supplier<?> again;
  private final Predicate<Refusal> isClash;
  private final Consumer<List<Refusal>> found;

  /** What is refused, and since when, or when that was said. */
  private final Map<Refusal, Long> refused = new HashMap<>();

  private Loop.@Nullable Timer timer;
  private boolean closed;

  /**
   * @param again tells the bridge once more
   * @param isClash whether what is refused again is one
   * @param found hears of clashes
   */
  Clashes(Loop loop, Supplier<?> again, Predicate<Refusal> isClash, Consumer<List<Refusal>> found) {
    this.loop = loop;
    this.again = again;
    this.isClash = isClash;
    this.found = found;
  }

  /** These are refused of what was told last. */
  void refused(List<Refusal> refusals) {
    refused.keySet().retainAll(refusals);
    if (closed || refusals.isEmpty()) {
      return;
    }
    long now = loop.nanoTime();
    for (Refusal refusal : refusals) {
      long since = refused.computeIfAbsent(refusal, any -> now);
      if (now - since >= BETWEEN.toNanos() && isClash.test(refusal)) {
        refused.put(refusal, now);
        found.accept(List.of(refusal));
      }
    }
    if (timer == null) {
      timer =
          loop.later(
              BETWEEN,
              () -> {
                timer = null;
                var unused = again.get();
              });
    }
  }

  /** Nothing is told any more. */
  void close() {
    closed = true;
    Loop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }
}
