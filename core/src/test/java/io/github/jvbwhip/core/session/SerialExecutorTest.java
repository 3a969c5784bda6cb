package io.github.jvbwhip.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.TestThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4, TestThreads.daemons());
  private final List<Throwable> faults = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void keeps_the_order_and_runs_one_at_a_time() throws Exception {
    SerialExecutor serial = new SerialExecutor(threads, faults::add);
    List<Integer> order = new ArrayList<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 1000; i++) {
      int number = i;
      serial.execute(
          () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            order.add(number);
            inside.decrementAndGet();
          });
    }
    serial.execute(done::countDown);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(order).hasSize(1000).isSorted();
    assertThat(most.get()).isEqualTo(1);
  }

  @Test
  void goes_on_after_a_task_that_throws() {
    SerialExecutor serial = new SerialExecutor(Runnable::run, faults::add);
    List<String> ran = new ArrayList<>();

    serial.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    serial.execute(() -> ran.add("next"));

    assertThat(ran).containsExactly("next");
    assertThat(faults).hasSize(1);
  }

  @Test
  void goes_on_after_a_rejection_and_loses_no_task() {
    AtomicInteger rejections = new AtomicInteger(1);
    SerialExecutor serial =
        new SerialExecutor(
            task -> {
              if (rejections.getAndDecrement() > 0) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            },
            faults::add);
    List<String> ran = new ArrayList<>();

    serial.execute(() -> ran.add("rejected"));
    serial.execute(() -> ran.add("next"));

    assertThat(ran).containsExactly("rejected", "next");
    assertThat(faults).isEmpty();
  }

  @Test
  void runs_one_at_a_time_also_where_a_task_is_taken_and_the_taking_fails() {
    List<Runnable> taken = new ArrayList<>();
    SerialExecutor serial =
        new SerialExecutor(
            task -> {
              taken.add(task);
              throw new InternalError("no thread for what was queued");
            },
            faults::add);
    List<String> ran = new ArrayList<>();

    serial.execute(
        () -> {
          taken.get(0).run();
          ran.add("first");
        });
    taken.get(0).run();
    serial.execute(() -> ran.add("second"));

    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void goes_on_after_a_fault_that_cannot_be_handled() {
    SerialExecutor serial =
        new SerialExecutor(
            Runnable::run,
            fault -> {
              throw new IllegalStateException("again", fault);
            });
    List<String> ran = new ArrayList<>();
    Thread.UncaughtExceptionHandler former = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
    try {
      serial.execute(
          () -> {
            throw new NoClassDefFoundError("broken");
          });
      serial.execute(() -> ran.add("next"));
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(former);
    }

    assertThat(ran).containsExactly("next");
    assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
