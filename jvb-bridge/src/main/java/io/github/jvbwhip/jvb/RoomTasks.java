package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.session.SerialExecutor;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one room, in two lines: decisions, which wait for nothing, and calls to the bridge
 * that allocate and free. In each of them one task runs after another, in the order in which they
 * came. Thread-safe.
 */
final class RoomTasks implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(RoomTasks.class);

  private final RoomThreads threads;
  private final SerialExecutor decisions;
  private final SerialExecutor calls;
  private final CallWatch watch;

  RoomTasks(RoomThreads threads, CallBounds bounds) {
    this.threads = threads;
    this.decisions = new SerialExecutor(threads.deciding(), RoomTasks::failed);
    this.watch = bounds.ofRoom(threads::nanoTime);
    this.calls = new SerialExecutor(threads.calling(), RoomTasks::failed);
  }

  private static void failed(Throwable fault) {
    LOG.error("A task of a room failed", fault);
  }

  /** Decides something. */
  @Override
  public void execute(Runnable task) {
    decisions.execute(task);
  }

  /**
   * Calls the bridge. So no endpoint of a room is freed while another one is allocated: the bridge
   * ends a conference with its last endpoint, and would end it under the new one.
   */
  void call(Runnable task) {
    calls.execute(watch.watched(task));
  }

  /** Whether the room's call hangs, and all that would come behind it. */
  boolean isHanging() {
    return watch.isHanging(nanoTime());
  }

  /**
   * Decides something after some nanoseconds, at the least.
   *
   * @return false when the bridge is closing: it will not be run
   */
  boolean later(long nanos, Runnable task) {
    return threads.later(nanos, () -> execute(task));
  }

  long nanoTime() {
    return threads.nanoTime();
  }
}
