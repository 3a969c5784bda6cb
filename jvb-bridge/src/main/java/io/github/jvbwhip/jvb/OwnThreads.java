package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads of the bridge's own. A fault costs its task only, whatever is thrown. */
final class OwnThreads implements RoomThreads {
  private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);
  private static final int DECIDING = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final long CLOSING_NANOS = 5_000_000_000L;

  private final ExecutorService decidingPool;
  private final ExecutorService callingPool;
  private final ExecutorService askingPool;
  private final ScheduledExecutorService timer;
  private final Object idle = new Object();

  /** Tasks that are to run or running; guarded by {@code idle}. */
  private long tasks;

  private volatile boolean closing;

  OwnThreads() {
    this(OwnThreads::named);
  }

  /**
   * @param factories by the threads' name
   */
  OwnThreads(Function<String, ThreadFactory> factories) {
    decidingPool = pool(DECIDING, factories.apply("jvb-whip-room"));
    callingPool = pool(CallBounds.ROOM_THREADS, factories.apply("jvb-whip-colibri"));
    askingPool = pool(CallBounds.THREADS, factories.apply("jvb-whip-call"));
    timer = new ScheduledThreadPoolExecutor(1, factories.apply("jvb-whip-tick"));
  }

  private static ExecutorService pool(int size, ThreadFactory threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String name) {
    return DaemonThreads.numbered(name, fault -> LOG.error("A thread ended by a fault", fault));
  }

  @Override
  public Executor deciding() {
    return task -> execute(decidingPool, task);
  }

  @Override
  public Executor calling() {
    return task -> execute(callingPool, task);
  }

  @Override
  public Executor asking() {
    return task -> execute(askingPool, task);
  }

  private void execute(ExecutorService pool, Runnable task) {
    boolean taken = false;
    count(1);
    try {
      pool.execute(
          () -> {
            try {
              guarded(task);
            } finally {
              count(-1);
            }
          });
      taken = true;
    } finally { // Whoever hands over a task has to know that it is not run.
      if (!taken) {
        count(-1);
      }
    }
  }

  private void count(int change) {
    synchronized (idle) {
      tasks += change;
      if (tasks == 0) {
        idle.notifyAll();
      }
    }
  }

  @SuppressWarnings("IllegalCatch") // The loop goes on, whatever it was.
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A task failed", e);
    }
  }

  @Override
  public boolean later(long nanos, Runnable task) {
    if (closing) {
      return false;
    }
    try {
      var unused = timer.schedule(() -> guarded(task), nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void everyMillis(long period, Runnable task) {
    timer.scheduleWithFixedDelay(() -> guarded(task), period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    closing = true;
    timer.shutdownNow();
    try {
      awaitIdle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    decidingPool.shutdownNow();
    callingPool.shutdownNow();
    askingPool.shutdownNow();
  }

  private void awaitIdle() throws InterruptedException {
    long deadline = System.nanoTime() + CLOSING_NANOS;
    synchronized (idle) {
      long left = CLOSING_NANOS;
      while (tasks > 0 && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(idle, left);
        left = deadline - System.nanoTime();
      }
    }
  }
}
