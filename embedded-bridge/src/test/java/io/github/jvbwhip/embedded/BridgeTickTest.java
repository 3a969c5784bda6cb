package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BridgeTickTest {
  @Test
  void an_error_in_one_part_costs_that_part_only_and_only_this_turn() {
    List<String> done = new ArrayList<>();
    LongConsumer broken =
        now -> {
          done.add("broken " + now);
          throw new NoClassDefFoundError("test");
        };
    BridgeTick tick = new BridgeTick(() -> Stream.of(broken, now -> done.add("other " + now)));

    tick.run(1);
    tick.run(2);

    assertThat(done).containsExactly("broken 1", "other 1", "broken 2", "other 2");
  }

  @Test
  void a_turn_that_does_not_end_is_noticed() {
    long begun = System.nanoTime();
    BridgeTick tick = new BridgeTick(Stream::of);
    assertThat(tick.isLate(begun + 9_000_000_000L)).isFalse();
    assertThat(tick.isLate(System.nanoTime() + 10_000_000_001L)).isTrue();

    tick.run(begun + 20_000_000_000L);

    assertThat(tick.isLate(begun + 30_000_000_000L)).isFalse();
    assertThat(tick.isLate(begun + 30_000_000_001L)).isTrue();
  }
}
