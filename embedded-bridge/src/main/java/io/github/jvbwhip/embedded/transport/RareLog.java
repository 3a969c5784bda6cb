package io.github.jvbwhip.embedded.transport;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Logs what strangers can cause: at most once in ten seconds, with the number of times that were
 * left out. Thread-safe.
 */
public final class RareLog {
  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final Logger logger;
  private final AtomicLong suppressed = new AtomicLong();
  private final AtomicLong last;

  /**
   * Makes one that logs its first message.
   *
   * @param nanoTime {@link System#nanoTime}, now
   */
  public RareLog(Logger logger, long nanoTime) {
    this.logger = logger;
    this.last = new AtomicLong(nanoTime - INTERVAL_NANOS);
  }

  /**
   * @param nanoTime {@link System#nanoTime}, now
   */
  void debug(long nanoTime, String message, Object detail) {
    if (logger.isDebugEnabled() && isDue(nanoTime)) {
      logger.debug("{}: {} ({} more before)", message, detail, suppressed.getAndSet(0));
    }
  }

  /** As {@link #debug}, for a fault of our own that a stranger may have found. */
  public void warn(long nanoTime, String message, Throwable fault) {
    if (isDue(nanoTime)) {
      logger.warn("{} ({} more before)", message, suppressed.getAndSet(0), fault);
    }
  }

  private boolean isDue(long nanoTime) {
    long previous = last.get();
    if (nanoTime - previous >= INTERVAL_NANOS && last.compareAndSet(previous, nanoTime)) {
      return true;
    }
    suppressed.incrementAndGet();
    return false;
  }
}
