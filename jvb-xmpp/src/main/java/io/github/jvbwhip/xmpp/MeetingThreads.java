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
  private static final int WAITING = 32;
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor waiting =
      new ThreadPoolExecutor(
          WAITING,
          WAITING,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.numbered("jvb-whip-xmpp", MeetingThreads::report));

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, DaemonThreads.single("jvb-whip-xmpp-timer", MeetingThreads::report));

  MeetingThreads() {
    waiting.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static void report(Throwable fault) {
    LOG.error("A thread that speaks XMPP has failed", fault);
  }

  /** Tasks that may wait for the server, one after another. */
  Executor line() {
    return new SerialExecutor(waiting, MeetingThreads::report);
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
    waiting.shutdown();
    try {
      if (!waiting.awaitTermination(2, TimeUnit.SECONDS)) {
        waiting.shutdownNow();
      }
    } catch (InterruptedException e) {
      waiting.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
