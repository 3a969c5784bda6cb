package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.session.SerialExecutor;
import io.github.jvbwhip.core.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that wait for the XMPP server, and the one that times them. Thread-safe. */
final class MeetingThreads implements AutoCloseable {
  private static final int JOINING = 32;
  private static final int WAITING_TO_JOIN = 64;
  private static final int WATCHING = 8;
  private static final int WAITING_TO_WATCH = 32;
  private static final int LEAVING = 16;

  private final BoundedThreads joining =
      new BoundedThreads(JOINING, WAITING_TO_JOIN, "jvb-whip-xmpp-join");

  /** Apart, and few: players may be strangers, and no publisher waits behind them. */
  private final BoundedThreads watching =
      new BoundedThreads(WATCHING, WAITING_TO_WATCH, "jvb-whip-xmpp-watch");

  /** Apart: where a server lets all who join wait, nobody who leaves waits behind them. */
  private final BoundedThreads lines =
      new BoundedThreads(LEAVING, Integer.MAX_VALUE, "jvb-whip-xmpp");

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, DaemonThreads.single("jvb-whip-xmpp-timer", BoundedThreads::report));

  MeetingThreads() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** For publishers that join. */
  BoundedThreads joining() {
    return joining;
  }

  /** For those who watch: their audience, which joins, and questions about each of them. */
  BoundedThreads watching() {
    return watching;
  }

  /** All else that may wait for the server, one task after another. */
  Executor line() {
    return new SerialExecutor(lines, BoundedThreads::report);
  }

  /**
   * Does something later.
   *
   * @param task must only enqueue; done at once when this is closed
   * @return gives it up
   */
  Runnable later(Duration delay, Runnable task) {
    try {
      var future = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      task.run();
      return () -> {};
    }
  }

  /**
   * The same where that makes no sense any more when this is closed.
   *
   * @param task must only enqueue
   */
  void laterUnlessClosed(Duration delay, Runnable task) {
    if (!timer.isShutdown()) {
      var unused =
          later(
              delay,
              () -> {
                if (!timer.isShutdown()) {
                  task.run();
                }
              });
    }
  }

  /** Lets what has begun go on for a while, and takes nothing new. */
  @Override
  public void close() {
    timer.shutdownNow();
    joining.close(); // First: who joins leaves then.
    watching.close();
    lines.close();
  }
}
