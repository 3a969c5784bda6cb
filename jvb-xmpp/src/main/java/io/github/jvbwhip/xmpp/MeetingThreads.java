package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.session.SerialExecutor;
import io.github.jvbwhip.core.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that wait for the XMPP server, and the one that times them. Thread-safe. */
final class MeetingThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingThreads.class);
  private static final int JOINING = 32;
  private static final int LEAVING = 16;
  private static final long IDLE_SECONDS = 10;
  private static final long GRACE_SECONDS = 2;

  private final ThreadPoolExecutor joining = pool(JOINING, "jvb-whip-xmpp-join");

  /** Apart: where a server lets all who join wait, nobody who leaves waits behind them. */
  private final ThreadPoolExecutor lines = pool(LEAVING, "jvb-whip-xmpp");

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, DaemonThreads.single("jvb-whip-xmpp-timer", MeetingThreads::report));

  MeetingThreads() {
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadPoolExecutor pool(int size, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.numbered(name, MeetingThreads::report));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static void report(Throwable fault) {
    LOG.error("A thread that speaks XMPP has failed", fault);
  }

  /**
   * Joins a room, and waits for the server.
   *
   * @return false when this is closed: it is not done
   */
  boolean join(Runnable task) {
    try {
      joining.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** All else that may wait for the server, one task after another. */
  Executor line() {
    return new SerialExecutor(lines, MeetingThreads::report);
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

  /** Lets what has begun go on for a while, and takes nothing new. */
  @Override
  public void close() {
    timer.shutdownNow();
    end(joining); // First: who joins leaves then.
    end(lines);
  }

  private static void end(ThreadPoolExecutor pool) {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
