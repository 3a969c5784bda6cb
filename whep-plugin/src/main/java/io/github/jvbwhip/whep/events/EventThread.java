package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event loop on a thread of its own. After {@link #close} tasks are dropped. */
public final class EventThread implements EventLoop, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventThread.class);

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          DaemonThreads.single(
              "whep-events", fault -> LOG.error("The event loop ended by a fault", fault)));

  @Override
  public void execute(Runnable task) {
    schedule(task, Duration.ZERO);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Failures are logged by the task itself.
  public void schedule(Runnable task, Duration delay) {
    try {
      executor.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.trace("Dropped a task after the end", closed);
    }
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A task of the event loop failed", e);
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
