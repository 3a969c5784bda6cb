package io.github.jvbwhip.testpeer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Wakes those who wait for a condition whenever something happened: what tests use instead of
 * sleeping. Thread-safe.
 */
public final class Signal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long raised;

  /** Something happened. */
  public void raise() {
    lock.lock();
    try {
      raised++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns as soon as {@code condition} holds.
   *
   * @throws AssertionError after {@code timeout}, with {@code state} as it is then
   */
  public void await(
      String what, Duration timeout, BooleanSupplier condition, Supplier<String> state) {
    try {
      awaitOrTimeOut(timeout, condition);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "Waited %d ms in vain: %s; %s".formatted(timeout.toMillis(), what, state.get()), e);
    }
  }

  private void awaitOrTimeOut(Duration timeout, BooleanSupplier condition) throws TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      long before = raised();
      // Without the lock: a condition may have to wait for a thread that raises this signal.
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new TimeoutException();
        }
        // A look now and then, for conditions that depend on more than the peer's events.
        before = awaitRaise(before, Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long raised() {
    lock.lock();
    try {
      return raised;
    } finally {
      lock.unlock();
    }
  }

  private long awaitRaise(long before, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (raised == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      return raised;
    } finally {
      lock.unlock();
    }
  }
}
