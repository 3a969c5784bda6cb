package io.github.jvbwhip.whep.events;

import io.github.jvbwhip.core.threads.TestThreads;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An event loop on a real thread, whose time passes when the test says so. */
public final class TestLoop implements EventLoop, AutoCloseable {
  private record Timer(long due, long number, Runnable task) {}

  private final ExecutorService thread = Executors.newSingleThreadExecutor(TestThreads.daemons());
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long now;
  private long numbers;

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  @Override
  public synchronized void schedule(Runnable task, Duration delay) {
    timers.add(new Timer(now + delay.toNanos(), numbers++, task));
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** Lets that time pass, with all that becomes due in it. */
  public void advance(Duration time) {
    settle();
    long target = nanoTime() + time.toNanos();
    for (Runnable task = nextUntil(target); task != null; task = nextUntil(target)) {
      execute(task);
      settle();
    }
    synchronized (this) {
      now = target;
    }
  }

  private synchronized Runnable nextUntil(long target) {
    if (timers.isEmpty() || timers.peek().due() > target) {
      return null;
    }
    Timer next = timers.remove();
    now = Math.max(now, next.due());
    return next.task();
  }

  /** Waits until all that was enqueued, and what that enqueued, is done. */
  public void settle() {
    try {
      // What the first round enqueues is done in the second: tasks enqueue one level deep.
      for (int round = 0; round < 3; round++) {
        thread.submit(() -> {}).get(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the loop is stuck", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
