package io.github.jvbwhip.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.threads.TestThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ObservedRoomTest {
  private final ExecutorService others = Executors.newCachedThreadPool(TestThreads.daemons());
  private final ObservedRooms all = new ObservedRooms();

  /** Where there is no thread, calls are run by whoever hands them over. */
  private final ObservedRoom room = new ObservedRoom(new RoomName("room"), Runnable::run, all);

  private final List<Integer> seen = new ArrayList<>();

  @AfterEach
  void stop() {
    others.shutdownNow();
  }

  private void lookFromAnotherThread() {
    seen.add(
        CompletableFuture.supplyAsync(() -> room.snapshot().viewers(), others)
            .completeOnTimeout(-1, 5, TimeUnit.SECONDS)
            .join());
  }

  @Test
  void holds_no_lock_while_an_observer_is_called() {
    try (Registration one = room.observe(snapshot -> lookFromAnotherThread(), () -> {})) {
      assertThat(one).isNotNull();
      room.update(List.of(), Optional.empty(), Optional.empty(), 7);
    }
    assertThat(seen).containsExactly(0, 7);
  }

  @Test
  void holds_no_lock_while_an_observer_of_all_rooms_is_called() {
    try (Registration every = all.observe(this::lookFromAnotherThread)) {
      assertThat(every).isNotNull();
      room.update(List.of(), Optional.empty(), Optional.empty(), 7);
    }
    assertThat(seen).containsExactly(7);
  }
}
