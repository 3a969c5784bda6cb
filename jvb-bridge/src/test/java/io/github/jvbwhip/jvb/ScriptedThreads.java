package io.github.jvbwhip.jvb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * One thread, which is the test's, and a clock that the test moves: what is to be done is done when
 * the test says so, in order.
 */
final class ScriptedThreads implements RoomThreads {
  private record Timed(long atNanos, long order, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> calls = new ArrayDeque<>();
  private final PriorityQueue<Timed> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timed::atNanos).thenComparing(Timed::order));
  private long now = 1_000_000_000;
  private long scheduled;
  private boolean holding;
  private boolean closing;

  @Override
  public Executor deciding() {
    return tasks::add;
  }

  @Override
  public Executor calling() {
    return task -> (holding ? calls : tasks).add(task);
  }

  @Override
  public Executor asking() {
    return task -> {
      if (holding) {
        calls.add(task);
      } else {
        task.run();
      }
    };
  }

  /** The bridge answers nobody for a while, or again. */
  void holdCalls(boolean hold) {
    holding = hold;
    if (!hold) {
      tasks.addAll(calls);
      calls.clear();
    }
  }

  @Override
  public boolean later(long nanos, Runnable task) {
    if (!closing) {
      timers.add(new Timed(now + nanos, scheduled++, task));
    }
    return !closing;
  }

  @Override
  public void everyMillis(long period, Runnable task) {
    later(
        Duration.ofMillis(period).toNanos(),
        () -> {
          everyMillis(period, task);
          task.run();
        });
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /** Does what is to be done now, and what follows from it. */
  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Lets time pass, and does what is to be done meanwhile. */
  void pass(Duration time) {
    long until = now + time.toNanos();
    run();
    while (!timers.isEmpty() && timers.peek().atNanos() - until <= 0) {
      Timed next = timers.remove();
      now = Math.max(now, next.atNanos());
      next.task().run();
      run();
    }
    now = until;
  }

  @Override
  public void close() {
    closing = true;
    run();
    timers.clear();
  }
}
