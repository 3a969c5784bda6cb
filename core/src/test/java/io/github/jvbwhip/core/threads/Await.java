package io.github.jvbwhip.core.threads;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what tells nobody that it has happened. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(5);

  private Await() {}

  /** Returns as soon as the condition holds; fails when it does not in time. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, condition::getAsBoolean, holds -> holds);
  }

  /** Returns what is seen as soon as it is as wanted; fails when it is not in time. */
  public static <T> T until(String what, Supplier<T> look, Predicate<T> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T seen = look.get();
    while (!wanted.test(seen)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + PATIENCE + ": " + what + "; last seen: " + seen);
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
      seen = look.get();
    }
    return seen;
  }
}
