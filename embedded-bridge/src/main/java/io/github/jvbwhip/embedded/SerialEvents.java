package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls listeners and observers, one after another and in order. They only enqueue,
 * so that one thread is enough. Thread-safe.
 */
final class SerialEvents implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialEvents.class);

  private final ThreadPoolExecutor thread;

  SerialEvents(String name) {
    thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon(name));
  }

  /** Makes the one thread of that name. */
  static ThreadFactory daemon(String name) {
    return DaemonThreads.single(name, fault -> LOG.error("a thread ended by a fault", fault));
  }

  /** Runs the call after those before it; after {@link #close} it is dropped. */
  @Override
  public void execute(Runnable call) {
    try {
      thread.execute(
          () -> {
            try {
              call.run();
            } catch (RuntimeException | Error e) {
              LOG.error("a listener failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("an event after the bridge was closed");
    }
  }

  /** Lets the calls that wait run, for so many seconds at most, and takes no more. */
  void close(long seconds) {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(seconds, TimeUnit.SECONDS)) {
        LOG.warn("some listeners did not return in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
