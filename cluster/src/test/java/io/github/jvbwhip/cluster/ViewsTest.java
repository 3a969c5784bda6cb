package io.github.jvbwhip.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.metrics.ClusterMetrics;
import io.github.jvbwhip.core.relay.ClusterView;
import io.github.jvbwhip.core.relay.ClusterView.Direction;
import io.github.jvbwhip.core.relay.ClusterView.LinkView;
import io.github.jvbwhip.core.relay.RelayLink;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the metrics are told of the links. */
class ViewsTest {
  /** Writes down what it is told. */
  private static final class Written implements ClusterMetrics {
    final List<String> lines = new ArrayList<>();

    @Override
    public void members(int healthy, int dead) {
      lines.add("members " + healthy + " " + dead);
    }

    @Override
    public void links(int up, int down) {
      lines.add("links " + up + " " + down);
    }

    @Override
    public void depth(int most) {
      lines.add("depth " + most);
    }

    @Override
    public void viewersBelow(long viewers) {
      lines.add("viewers " + viewers);
    }

    @Override
    public void roundTrip(long micros) {
      lines.add("round trip " + micros);
    }

    @Override
    public void heartbeatFailed() {
      lines.add("failed");
    }
  }

  private static LinkView link(Direction direction, int depth, int viewers, OptionalLong micros) {
    return new LinkView(
        new RoomName("room"),
        "id" + depth + viewers,
        "http://b",
        direction,
        depth,
        viewers,
        new RelayLink.Stats(true, 0, 0, 0, 0, 0, micros));
  }

  private static List<String> measured(LinkView... links) {
    Written written = new Written();
    Views.measure(new ClusterView("http://a", List.of(), List.of(links)), written);
    return written.lines;
  }

  @Test
  void the_slowest_link_is_that_of_the_round_trip() {
    assertThat(
            measured(
                link(Direction.UP, 2, 9, OptionalLong.of(900)),
                link(Direction.DOWN, 1, 3, OptionalLong.of(2500)),
                link(Direction.DOWN, 1, 4, OptionalLong.empty())))
        .containsExactly("links 1 2", "depth 2", "viewers 7", "round trip 2500");
  }

  @Test
  void without_links_there_is_nothing_to_measure() {
    assertThat(measured()).containsExactly("links 0 0", "depth 0", "viewers 0", "round trip 0");
  }
}
