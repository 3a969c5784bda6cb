package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some threads that may wait for the XMPP server, and so many tasks that may wait for one of them.
 * Thread-safe.
 */
final class BoundedThreads implements Executor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedThreads.class);
  private static final long IDLE_SECONDS = 10;
  private static final long GRACE_SECONDS = 2;

  private final ThreadPoolExecutor pool;

  /**
   * @param size how many there are at once
   * @param waiting how many tasks may wait for one
   */
  BoundedThreads(int size, int waiting, String name) {
    pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            DaemonThreads.numbered(name, BoundedThreads::report));
    pool.allowCoreThreadTimeOut(true);
  }

  static void report(Throwable fault) {
    LOG.error("A thread that speaks XMPP has failed", fault);
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /** One that waits for its thread, or has it. */
  static final class Task implements Runnable {
    private final Runnable work;
    private @Nullable Thread thread;

    private Task(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      synchronized (this) {
        thread = Thread.currentThread();
      }
      try {
        work.run();
      } finally {
        synchronized (this) {
          thread = null;
        }
      }
    }

    private synchronized void interrupt() {
      if (thread != null && thread != Thread.currentThread()) {
        thread.interrupt();
      }
    }
  }

  /**
   * Does something that may wait.
   *
   * @return empty where that is not done: too many wait already, or this is closed
   */
  Optional<Task> begin(Runnable work) {
    Task task = new Task(work);
    try {
      pool.execute(task);
      return Optional.of(task);
    } catch (RejectedExecutionException e) {
      return Optional.empty();
    }
  }

  /**
   * Nobody waits for it any more: whatever it waits for is interrupted.
   *
   * @return whether it had not begun, and is not done
   */
  boolean giveUp(Task task) {
    task.interrupt();
    return pool.remove(task);
  }

  /** Lets what has begun go on for a while, and takes nothing new. */
  @Override
  public void close() {
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
