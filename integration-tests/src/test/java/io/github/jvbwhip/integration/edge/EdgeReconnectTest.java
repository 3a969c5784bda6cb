package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.awaitViewers;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RestartableServer;
import io.github.jvbwhip.testpeer.TestPeer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Origins that want to be left, or are gone without a word. */
class EdgeReconnectTest {
  @Test
  void an_edge_goes_where_the_origin_sends_it() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer other = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer there = publish(other.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitViewers(origin, "hall", 1);
      origin.drain(Optional.of(other.stage("hall").toString()));
      awaitViewers(other, "hall", 1);
      awaitViewers(origin, "hall", 0);
      awaitMore(player);
      assertThat(publisher.isConnected()).isTrue();
      assertThat(there.isConnected()).isTrue();
    }
  }

  @Test
  void an_origin_that_drains_is_watched_until_its_end() {
    try (LogLines log = new LogLines();
        EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      origin.drain();
      log.await("it takes nobody at the moment (503)", SOON);
      awaitMore(player);
      awaitViewers(origin, "hall", 1);
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void an_origin_that_was_killed_is_missed_at_once_and_found_again() {
    try (LogLines log = new LogLines();
        RestartableServer origin = RestartableServer.embedded()) {
      origin.start(Map.of());
      try (EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
          TestPeer before = publish(origin.whip("hall", "main"));
          TestPeer player = play(edge.stage("hall"))) {
        player.awaitKeyframes(1, SOON);
        awaitMore(player);
        origin.kill();
        before.abandon();
        log.await("it does not answer any more", SOON);
        origin.start(Map.of());
        try (TestPeer after = publish(origin.whip("hall", "main"))) {
          awaitMore(player);
          assertThat(after.isConnected()).isTrue();
        }
        assertThat(player.isClosedByRemote()).isFalse();
      }
    }
  }
}
