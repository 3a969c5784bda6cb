package io.github.jvbwhip.jvb;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The call to the bridge that a line of calls makes at the moment, and whether it has taken so long
 * that it is not waited for any longer. Thread-safe; its lock is a leaf.
 */
final class CallWatch {
  private final LongSupplier nanoTime;
  private final long limitNanos;
  private final AtomicInteger allHanging;
  private boolean calling;
  private boolean hanging;
  private long since;

  /**
   * @param limitNanos how long a call may take
   * @param allHanging counts those that hang at the moment, this line's among them
   */
  CallWatch(LongSupplier nanoTime, long limitNanos, AtomicInteger allHanging) {
    this.nanoTime = nanoTime;
    this.limitNanos = limitNanos;
    this.allHanging = allHanging;
  }

  /** The call, watched. */
  Runnable watched(Runnable call) {
    return () -> {
      begin();
      try {
        call.run();
      } finally {
        end();
      }
    };
  }

  private synchronized void begin() {
    calling = true;
    since = nanoTime.getAsLong();
  }

  private synchronized void end() {
    calling = false;
    if (hanging) {
      hanging = false;
      allHanging.decrementAndGet();
    }
  }

  /** Whether the call hangs. */
  synchronized boolean isHanging(long nowNanos) {
    if (calling && nowNanos - since >= limitNanos) {
      giveUp();
    }
    return hanging;
  }

  /** It is not waited for any longer. */
  synchronized void giveUp() {
    if (calling && !hanging) {
      hanging = true;
      allHanging.incrementAndGet();
    }
  }
}
