package io.github.jvbwhip.jvb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    threads.deciding().execute(() -> done.add("too late"));
    assertThat(threads.later(0, () -> done.add("too late"))).isFalse();
    assertThat(done).hasSize(3);
  }
}
