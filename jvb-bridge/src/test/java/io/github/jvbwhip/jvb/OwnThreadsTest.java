package io.github.jvbwhip.jvb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.session.SerialExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OwnThreadsTest {
  private final OwnThreads threads = new OwnThreads();

  @Test
  void whatever_a_task_throws_the_next_ones_are_run() throws Exception {
    CountDownLatch ticks = new CountDownLatch(3);
    CountDownLatch others = new CountDownLatch(3);
    threads.everyMillis(
        1,
        () -> {
          ticks.countDown();
          throw new NoClassDefFoundError("gone");
        });
    for (int i = 0; i < 3; i++) {
      Runnable failing =
          () -> {
            others.countDown();
            throw new StackOverflowError();
          };
      threads.deciding().execute(failing);
      threads.calling().execute(failing);
      assertThat(threads.later(1, failing)).isTrue();
    }

    assertThat(ticks.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
    threads.close();
  }

  @Test
  void closing_runs_what_was_handed_over_and_what_that_hands_over() {
    List<String> done = new CopyOnWriteArrayList<>();
    threads
        .deciding()
        .execute(
            () -> {
              done.add("decided");
              threads
                  .calling()
                  .execute(
                      () -> {
                        done.add("called");
                        threads.deciding().execute(() -> done.add("decided again"));
                      });
            });

    threads.close();

    assertThat(done).containsExactly("decided", "called", "decided again");
    assertThat(threads.later(0, () -> done.add("too late"))).isFalse();
    assertThat(done).hasSize(3);
  }

  @Test
  void what_is_not_taken_any_more_is_run_by_whoever_hands_it_over() {
    Executor line =
        new SerialExecutor(
            threads.deciding(),
            e -> {
              throw new AssertionError(e);
            });
    List<String> done = new ArrayList<>();
    threads.close();

    line.execute(() -> done.add("one"));
    line.execute(() -> done.add("two"));

    assertThat(done).containsExactly("one", "two");
    assertThatThrownBy(() -> threads.calling().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void what_there_is_no_thread_for_is_not_waited_for() {
    OwnThreads none =
        new OwnThreads(
            name ->
                task ->
                    new Thread(task) {
                      @Override
                      public synchronized void start() {
                        throw new OutOfMemoryError("no thread to be had");
                      }
                    });
    assertThatThrownBy(() -> none.deciding().execute(() -> {}))
        .isInstanceOf(OutOfMemoryError.class);

    long begin = System.nanoTime();
    none.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }
}
