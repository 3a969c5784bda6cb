package io.github.jvbwhip.embedded;

import io.github.jvbwhip.embedded.transport.RareLog;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the bridge's timer does. A fault in one part costs it this turn, and the others nothing: a
 * timer that hears of it stops for good, and with it all feedback.
 */
final class BridgeTick {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeTick.class);

  private final Supplier<Stream<LongConsumer>> parts;
  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());

  /**
   * @param parts what there is to do, each time anew
   */
  BridgeTick(Supplier<Stream<LongConsumer>> parts) {
    this.parts = parts;
  }

  /**
   * @param now {@link System#nanoTime}
   */
  void run(long now) {
    parts.get().forEach(part -> runGuarded(part, now));
  }

  private void runGuarded(LongConsumer part, long now) {
    try {
      part.accept(now);
    } catch (RuntimeException | Error e) {
      rareLog.warn(now, "a fault in the bridge's timer", e);
    }
  }
}
