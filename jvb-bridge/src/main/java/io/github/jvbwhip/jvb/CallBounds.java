package io.github.jvbwhip.jvb;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls of sessions may hang at a time before others are refused: a bridge that does not
 * answer takes no more threads than these. Thread-safe; nothing waits.
 */
final class CallBounds {
  /** Threads for calls of sessions. */
  static final int THREADS = 16;

  /** Half of those that serve the sessions' requests. */
  private static final int WAITING = 4;

  /** A bridge that has not answered within that time is not waited for any longer. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private final long limitNanos;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final AtomicInteger hanging = new AtomicInteger();

  CallBounds() {
    this(LIMIT_NANOS);
  }

  CallBounds(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** How long a call may take. */
  long limitNanos() {
    return limitNanos;
  }

  /** Whether there is no thread left for calls of sessions. */
  boolean isExhausted() {
    return hanging.get() >= THREADS;
  }

  /** Whether nobody else may wait for longer than usual. */
  boolean isFull() {
    return isExhausted() || waiting.availablePermits() == 0;
  }

  /**
   * Somebody is about to wait for longer than usual.
   *
   * @return false when too many do so already
   */
  boolean enter() {
    return waiting.tryAcquire();
  }

  /** It does not wait any more. */
  void leave() {
    waiting.release();
  }

  /** A call hangs. */
  void hangs() {
    hanging.incrementAndGet();
  }

  /** Such a one has returned. */
  void returned() {
    hanging.decrementAndGet();
  }
}
