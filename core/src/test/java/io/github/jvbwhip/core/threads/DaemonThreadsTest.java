package io.github.jvbwhip.core.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DaemonThreadsTest {
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private DaemonThreads threads() {
    return DaemonThreads.numbered("test-daemon", this::heard);
  }

  private void heard(Throwable fault) {
    faults.add(Thread.currentThread().getName() + ": " + fault.getMessage());
  }

  @Test
  void threads_are_numbered_and_keep_no_process_alive() {
    DaemonThreads threads = threads();
    Thread first = threads.newThread(() -> {});
    assertThat(first.getName()).isEqualTo("test-daemon-1");
    assertThat(first.isDaemon()).isTrue();
    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("test-daemon-2");
  }

  @Test
  void one_that_is_alone_has_the_bare_name() {
    DaemonThreads threads = DaemonThreads.single("test-alone", this::heard);
    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("test-alone");
    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("test-alone");
  }

  @Test
  void what_a_thread_ends_with_is_heard() throws InterruptedException {
    Thread thread =
        threads()
            .newThread(
                () -> {
                  throw new NoClassDefFoundError("test");
                });
    thread.start();
    thread.join();
    assertThat(faults).containsExactly("test-daemon-1: test");
  }
}
