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

  /** A turn takes microseconds; a machine that has much else to do may hold it up for a while. */
  private static final long LATE_NANOS = 10_000_000_000L;

  private final Supplier<Stream<LongConsumer>> parts;
  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());
  private volatile long done = System.nanoTime();

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
    done = now;
  }

  /** Whether there was no whole turn for long. */
  boolean isLate(long now) {
    return now - done > LATE_NANOS;
  }

  private void runGuarded(LongConsumer part, long now) {
    try {
      part.accept(now);
    } catch (RuntimeException | Error e) {
      rareLog.warn(now, "a fault in the bridge's timer", e);
    }
  }
}
