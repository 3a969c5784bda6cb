package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.awaitStreams;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Edges whose origins form a circle find out. */
class EdgeCircleTest {
  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Test
  void an_edge_of_itself_is_refused() {
    int port = FreePort.find();
    try (LogLines log = new LogLines();
        EmbeddedServer edge = Edges.of(port, at(port), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      log.await("(508)", SOON);
      assertThat(player.isConnected()).isTrue();
      Edges.awaitViewers(edge, "hall", 1);
    }
  }

  @Test
  void two_edges_of_each_other_do_not_wait_for_each_other() {
    int first = FreePort.find();
    int second = FreePort.find();
    try (LogLines log = new LogLines();
        EmbeddedServer a = Edges.of(first, at(second), Map.of());
        EmbeddedServer b = Edges.of(second, at(first), Map.of())) {
      try (TestPeer player = play(a.stage("hall"));
          TestPeer other = play(b.stage("hall"))) {
        log.await("(508)", SOON);
        try (TestPeer publisher = publish(b.whip("hall", "main"))) {
          player.awaitKeyframes(1, SOON);
          other.awaitKeyframes(1, SOON);
          awaitMore(player);
          assertThat(publisher.isConnected()).isTrue();
        }
        player.hangUp();
        other.hangUp();
      }
      awaitStreams(a, "hall", 0);
      awaitStreams(b, "hall", 0);
      Edges.awaitViewers(a, "hall", 0);
      Edges.awaitViewers(b, "hall", 0);
    }
  }

  @Test
  void what_is_forwarded_in_a_circle_is_refused() {
    int first = FreePort.find();
    int second = FreePort.find();
    try (LogLines log = new LogLines();
        EmbeddedServer a = forwarding(first, at(second) + "whip/{room}/{stream}");
        EmbeddedServer b = forwarding(second, at(first) + "whip/{room}/again-{stream}")) {
      try (TestPeer publisher = publish(a.whip("hall", "main"));
          TestPeer player = play(b.whep("hall", "main"))) {
        player.awaitKeyframes(1, SOON);
        log.await("(508)", SOON);
        assertThat(Edges.snapshot(a, "hall").streams()).hasSize(1);
        assertThat(publisher.isConnected()).isTrue();
      }
    }
  }

  private static EmbeddedServer forwarding(int port, String whip) {
    return EmbeddedServer.startOn(
        port, Edges.settings(Map.of("standalone.forward", List.of(Map.of("whip", whip)))));
  }
}
