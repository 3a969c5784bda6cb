package io.github.jvbwhip.core.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in the order in which they came, on the threads of another
 * executor. A task that throws does not stop those behind it, and none is lost: when the other
 * executor takes nothing (it was shut down, or there is no thread to be had), the caller runs them.
 */
public final class SerialExecutor implements Executor {
  private final Executor delegate;
  private final Consumer<Throwable> faults;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean scheduled;
  private boolean draining;

  /**
   * Makes one with nothing to do yet.
   *
   * @param faults hears what a task threw, on the task's thread
   */
  public SerialExecutor(Executor delegate, Consumer<Throwable> faults) {
    this.delegate = delegate;
    this.faults = faults;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.addLast(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    try {
      delegate.execute(this::drain);
    } catch (RuntimeException | Error e) {
      drain();
    }
  }

  private void drain() {
    synchronized (tasks) {
      if (draining) {
        return;
      }
      draining = true;
    }
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        report(e);
      }
    }
  }

  private void report(Throwable fault) {
    try {
      faults.accept(fault);
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private @Nullable Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.pollFirst();
      draining = task != null;
      scheduled = draining;
      return task;
    }
  }
}
