package io.github.jvbwhip.core.threads;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes the product's threads: each has a name, keeps no process alive, and tells what ended it by
 * force.
 */
public final class DaemonThreads implements ThreadFactory {
  private final String name;
  private final boolean numbered;
  private final Consumer<Throwable> faults;
  private final AtomicLong made = new AtomicLong();

  private DaemonThreads(String name, boolean numbered, Consumer<Throwable> faults) {
    this.name = name;
    this.numbered = numbered;
    this.faults = faults;
  }

  /**
   * Threads whose names end in {@code -1}, {@code -2} and so on.
   *
   * @param faults hears what a thread ended with that no task has caught, on that thread
   */
  public static DaemonThreads numbered(String name, Consumer<Throwable> faults) {
    return new DaemonThreads(name, true, faults);
  }

  /** As {@link #numbered}, where there is but one thread at a time, with exactly this name. */
  public static DaemonThreads single(String name, Consumer<Throwable> faults) {
    return new DaemonThreads(name, false, faults);
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, numbered ? name + "-" + made.incrementAndGet() : name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((ended, fault) -> faults.accept(fault));
    return thread;
  }
}
