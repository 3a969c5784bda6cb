package io.github.jvbwhip.embedded.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaThreadsTest {
  private final MediaThreads threads = new MediaThreads();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void a_periodic_task_that_fails_is_run_again() throws Exception {
    CountDownLatch runs = new CountDownLatch(2);

    threads.every(
        Duration.ofMillis(1),
        () -> {
          runs.countDown();
          throw new NoClassDefFoundError("test");
        });

    assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void what_a_task_of_a_transport_throws_is_heard_by_that_transport() throws Exception {
    AtomicReference<Throwable> heard = new AtomicReference<>();
    CountDownLatch next = new CountDownLatch(1);

    var serial = threads.newSerialExecutor(heard::set);
    serial.execute(
        () -> {
          throw new NoClassDefFoundError("test");
        });
    serial.execute(next::countDown);

    assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.get()).isInstanceOf(NoClassDefFoundError.class);
  }
}
