package io.github.jvbwhip.jvb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstAllocationsTest {
  private final ScriptedRooms rooms = new ScriptedRooms();

  @Test
  void a_publisher_and_a_player_are_allocated_and_nothing_stays_of_them() {
    rooms.bridge.warmUp();
    assertThat(rooms.host.counted().told()).isEmpty(); // It waits for nothing.
    rooms.threads.run();

    assertThat(rooms.host.counted().told())
        .containsExactlyInAnyOrder(
            "opened WHIP", "opened WHEP", "ended WHIP closed", "ended WHEP closed");
    assertThat(rooms.host.conferences()).isEmpty();
    assertThat(rooms.bridge.rooms()).isEmpty();
  }
}
