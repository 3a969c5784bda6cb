package io.github.jvbwhip.core.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that tests make for themselves: their names tell them from the product's. */
public final class TestThreads implements ThreadFactory {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A factory of daemon threads. */
  public static ThreadFactory daemons() {
    return new TestThreads();
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "test-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
