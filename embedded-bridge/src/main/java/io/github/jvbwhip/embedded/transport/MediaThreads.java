package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.session.SerialExecutor;
import io.github.jvbwhip.core.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a port beside those that read its sockets. A task that fails costs itself; the
 * thread goes on. Thread-safe.
 */
final class MediaThreads {
  private static final Logger LOG = LoggerFactory.getLogger(MediaThreads.class);

  /** Handshakes that wait for their peers at a time. */
  private static final int MAX_HANDSHAKES = 128;

  private static final Duration LOOKS_AT_HANDSHAKES = Duration.ofSeconds(1);
  private static final int WORKERS = 4;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());
  private final ThreadPoolExecutor handshakePool =
      pool("media-handshake", MAX_HANDSHAKES, MAX_HANDSHAKES, new ThreadPoolExecutor.AbortPolicy());

  private final HandshakeThreads handshakes = new HandshakeThreads(handshakePool, MAX_HANDSHAKES);

  /** It is never full; what comes after the end of it is done where it comes from. */
  private final ThreadPoolExecutor workers =
      pool("media-worker", WORKERS, Integer.MAX_VALUE, (task, pool) -> task.run());

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, threads("media-timer"));

  MediaThreads() {
    timer.setRemoveOnCancelPolicy(true);
    ScheduledFuture<?> unused =
        every(LOOKS_AT_HANDSHAKES, () -> handshakes.giveUpStalled(nanoTime()));
  }

  /** For handshakes, which block. */
  HandshakeThreads handshakes() {
    return handshakes;
  }

  /** Runs a short task that does not belong on a packet thread. */
  void work(Runnable task) {
    workers.execute(guarded(task));
  }

  /**
   * For tasks of one transport, in order.
   *
   * @param faults hears what a task threw
   */
  Executor newSerialExecutor(Consumer<Throwable> faults) {
    return new SerialExecutor(workers, faults);
  }

  ScheduledFuture<?> after(Duration delay, Runnable task) {
    return timer.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  ScheduledFuture<?> every(Duration period, Runnable task) {
    return timer.scheduleWithFixedDelay(
        guarded(task), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  long nanoTime() {
    return System.nanoTime();
  }

  /** A timer forgets what a task threw, and never runs a periodic one again. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        rareLog.warn(System.nanoTime(), "a task of a transport failed", e);
      }
    };
  }

  /** Ends the timer and the handshakes, and lets the work that is there be done. */
  void close() {
    timer.shutdownNow();
    handshakePool.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some sessions were not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadPoolExecutor pool(
      String name, int size, int waiting, RejectedExecutionHandler whenFull) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(waiting),
            threads(name),
            whenFull);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory threads(String name) {
    return DaemonThreads.numbered(name, fault -> LOG.error("a thread ended by a fault", fault));
  }
}
