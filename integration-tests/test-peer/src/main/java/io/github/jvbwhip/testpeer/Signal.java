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

  /** Something happened. */
  public void raise() {
    lock.lock();
    try {
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
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new TimeoutException();
        }
        // A wake-up now and then, for conditions that depend on more than the peer's events.
        long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(50));
        left -= slice - Math.max(0, changed.awaitNanos(slice));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }
}
