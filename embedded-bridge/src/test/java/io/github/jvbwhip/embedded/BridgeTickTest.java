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
}
