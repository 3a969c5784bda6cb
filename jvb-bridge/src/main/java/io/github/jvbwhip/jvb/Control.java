package io.github.jvbwhip.jvb;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control thread: all decisions and all calls to listeners and observers, in order. */
final class Control implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "jvb-whip-control");
            thread.setDaemon(true);
            return thread;
          });

  /** Runs it on the control thread; nothing after {@link #close}. */
  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: a task is not run");
    }
  }

  /**
   * The same after some nanoseconds, at the least.
   *
   * @return false when closed: the task will not be run
   */
  boolean executeAfter(long nanos, Runnable task) {
    try {
      var unused = executor.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed: a task is not run");
      return false;
    }
  }

  void everyMillis(long period, Runnable task) {
    executor.scheduleWithFixedDelay(guarded(task), period, period, TimeUnit.MILLISECONDS);
  }

  /** A fault costs its task only. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A task of the control thread failed", e);
      }
    };
  }

  /** Runs what is waiting, and ends the thread. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
