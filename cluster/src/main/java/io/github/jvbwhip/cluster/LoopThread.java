package io.github.jvbwhip.cluster;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread, {@code cluster-1}. What comes after it was closed is not done. */
final class LoopThread implements Loop, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  private final ScheduledThreadPoolExecutor thread;

  LoopThread() {
    thread =
        new ScheduledThreadPoolExecutor(
            1, DaemonThreads.numbered("cluster", fault -> LOG.error("A thread ended", fault)));
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Too late", e);
    }
  }

  @Override
  public Timer later(Duration time, Runnable task) {
    try {
      Future<?> future = thread.schedule(() -> run(task), time.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  /** A fault costs the task, and not the thread. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A fault in the cluster", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
