package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.session.SerialExecutor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The calls to the bridge that one session makes, one after another, in the order in which they
 * came. One that hangs holds up those behind it, and no other session. Thread-safe.
 */
final class SessionCalls {
  /** It answers within that time, unless something is wrong. */
  private static final long USUAL_NANOS = 250_000_000L;

  /** A call that has an answer. */
  interface Call<T> {
    T make() throws BridgeException;
  }

  private final SerialExecutor line;
  private final LongSupplier nanoTime;
  private final CallBounds bounds;
  private final CallWatch watch;

  /**
   * @param threads where calls may hang
   * @param faults hears what a call threw that is no answer
   */
  SessionCalls(
      Executor threads, LongSupplier nanoTime, CallBounds bounds, Consumer<Throwable> faults) {
    this.line = new SerialExecutor(threads, faults);
    this.nanoTime = nanoTime;
    this.bounds = bounds;
    this.watch = bounds.ofSession(nanoTime);
  }

  /** Makes a call for which nobody waits. */
  void call(Runnable task) {
    line.execute(watch.watched(task));
  }

  /** Looks once more when a call that is made now would hang. */
  void lookLater(RoomTasks tasks) {
    var unused = tasks.later(bounds.limitNanos(), () -> isHanging(nanoTime.getAsLong()));
  }

  /** Whether a call has taken so long that it is not waited for any longer. */
  boolean isHanging(long nowNanos) {
    return watch.isHanging(nowNanos);
  }

  /**
   * Makes a call and waits for its answer. Only few may wait for longer than usual: the threads of
   * those who call serve all rooms.
   *
   * @param unanswered runs when it is not waited for any longer: nobody knows then what has become
   *     of it
   * @throws BridgeException {@code OVERLOADED} when too many calls hang already, {@code TIMED_OUT}
   *     when there is no answer in time, or what the call throws
   */
  <T> T await(Call<T> call, Runnable unanswered) throws BridgeException {
    if (bounds.isFull()) {
      throw CallBounds.overloaded();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    call(
        () -> {
          if (!answer.isDone()) {
            settle(answer, call);
          }
        });
    try {
      return await(answer);
    } catch (TimeoutException e) {
      answer.cancel(false);
      watch.giveUp();
      unanswered.run();
      throw new BridgeException(
          BridgeException.Reason.TIMED_OUT,
          "The bridge did not answer.",
          Optional.of(CallBounds.RETRY),
          e);
    }
  }

  private <T> T await(CompletableFuture<T> answer) throws BridgeException, TimeoutException {
    try {
      return get(answer, USUAL_NANOS);
    } catch (TimeoutException unusual) {
      if (!bounds.enter()) {
        throw unusual;
      }
      try {
        return get(answer, bounds.limitNanos() - USUAL_NANOS);
      } finally {
        bounds.leave();
      }
    }
  }

  private static <T> void settle(CompletableFuture<T> answer, Call<T> call) {
    try {
      answer.complete(call.make());
    } catch (BridgeException e) {
      answer.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
      throw e;
    }
  }

  private static <T> T get(CompletableFuture<T> answer, long nanos)
      throws BridgeException, TimeoutException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BridgeException refused) {
        throw refused;
      }
      throw new IllegalStateException("a call to the bridge failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BridgeException(
          BridgeException.Reason.DRAINING, "The server is shutting down.", Optional.empty(), e);
    }
  }
}
