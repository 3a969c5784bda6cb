package io.github.jvbwhip.core.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in the order in which they came, on the threads of another
 * executor. A task that throws does not stop those behind it.
 */
public final class SerialExecutor implements Executor {
  private final Executor delegate;
  private final Consumer<Throwable> faults;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

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
      if (running) {
        return;
      }
      running = true;
    }
    delegate.execute(this::drain);
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        faults.accept(e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (tasks) {
      Runnable task = tasks.pollFirst();
      running = task != null;
      return task;
    }
  }
}
