package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialEventsTest {
  @Test
  void an_error_of_a_listener_ends_neither_the_thread_nor_what_follows() throws Exception {
    SerialEvents events = new SerialEvents("bridge-events");
    CompletableFuture<Thread> before = new CompletableFuture<>();
    CompletableFuture<Thread> after = new CompletableFuture<>();

    events.execute(() -> before.complete(Thread.currentThread()));
    events.execute(
        () -> {
          throw new NoClassDefFoundError("test");
        });
    events.execute(() -> after.complete(Thread.currentThread()));

    assertThat(after.get(10, TimeUnit.SECONDS)).isSameAs(before.get(10, TimeUnit.SECONDS));
    events.close(1);
  }
}
