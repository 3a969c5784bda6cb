package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How many calls of sessions and rooms may hang at a time before others are refused: a bridge that
 * does not answer takes no more threads than these. Thread-safe; nothing waits.
 */
final class CallBounds {
  /** Threads for calls of sessions. */
  static final int THREADS = 16;

  /** Threads for calls of rooms: so many rooms may wait for the bridge before others have to. */
  static final int ROOM_THREADS = 32;

  /** So many openings may wait for the bridge in one room. */
  static final int OPENINGS = 256;

  /** When those may try again who are refused because the bridge does not answer. */
  static final Duration RETRY = Duration.ofSeconds(10);

  /** Half of those that serve the sessions' requests. */
  private static final int WAITING = 4;

  /** A bridge that has not answered within that time is not waited for any longer. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private final long limitNanos;
  private final Semaphore waiting = new Semaphore(WAITING);
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger rooms = new AtomicInteger();

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

  /** Watches the calls of a session. */
  CallWatch ofSession(LongSupplier nanoTime) {
    return new CallWatch(nanoTime, limitNanos, sessions);
  }

  /** Watches the calls of a room. */
  CallWatch ofRoom(LongSupplier nanoTime) {
    return new CallWatch(nanoTime, limitNanos, rooms);
  }

  /** Whether there is no thread left for calls of sessions, or none for those of rooms. */
  boolean isExhausted() {
    return sessions.get() >= THREADS || rooms.get() >= ROOM_THREADS;
  }

  /** Whether nobody else may wait for longer than usual. */
  boolean isFull() {
    return sessions.get() >= THREADS || waiting.availablePermits() == 0;
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

  /** For those who are refused because the bridge does not answer. */
  static BridgeException overloaded() {
    return new BridgeException(
        BridgeException.Reason.OVERLOADED,
        "The bridge does not answer at the moment.",
        Optional.of(RETRY),
        null);
  }
}
