package io.github.jvbwhip.jvb;

import java.util.concurrent.Executor;

/**
 * On which threads the bridge's work is done, and by which clock; tests have their own. An executor
 * throws where it does not take a task.
 */
interface RoomThreads extends AutoCloseable {

  /** For what decides and tells, and waits for nothing. */
  Executor deciding();

  /** For calls of rooms that wait for the bridge: allocating and freeing. */
  Executor calling();

  /** For calls of sessions that wait for the bridge: whatever is asked for one that is there. */
  Executor asking();

  /**
   * Runs it after some nanoseconds, at the least, on the timer: it may only enqueue.
   *
   * @return false when closing: it will not be run
   */
  boolean later(long nanos, Runnable task);

  /** Runs it again and again, likewise. */
  void everyMillis(long period, Runnable task);

  /** A monotonic clock. */
  long nanoTime();

  /** Runs what has been handed over, and what that hands over, for a while; then ends. */
  @Override
  void close();
}
