package io.github.jvbwhip.testpeer;

import io.github.jvbwhip.testpeer.transport.Threads;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what a peer does at a steady pace, on one thread. Thread-safe. */
final class Pacer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);

  private volatile @Nullable Thread thread;
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, this::newThread);

  Pacer() {
    executor.setRemoveOnCancelPolicy(true);
    executor.prestartCoreThread();
  }

  private Thread newThread(Runnable task) {
    Thread made = new Thread(task, "test-peer-media");
    made.setDaemon(true);
    thread = made;
    return made;
  }

  /** Runs {@code task} now and then once per {@code period}. */
  ScheduledFuture<?> every(Duration period, Runnable task) {
    return executor.scheduleAtFixedRate(
        () -> runLogged(task), 0, period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Without this, a task that throws would end its schedule in silence. */
  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a test peer's task failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    Thread started = thread;
    if (started != null) {
      Threads.join(started);
    }
  }
}
