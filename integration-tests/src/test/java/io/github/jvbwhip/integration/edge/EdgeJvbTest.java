package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The room of a Jitsi Videobridge is watched on an edge. */
@RequiresJvb
class EdgeJvbTest {
  @RegisterExtension static final RunningServer BRIDGE = new RunningServer(JvbServer::start);

  private static int viewers(String room) {
    String rooms =
        HttpSignalling.send("GET", BRIDGE.get().uri().resolve("api/rooms"), null, null, Map.of())
            .body();
    try {
      for (JsonNode each : JsonMapper.builder().build().readTree(rooms).path("rooms")) {
        if (each.path("name").asText().equals(room)) {
          return each.path("viewers").asInt();
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitViewers(String room, int count) {
    new Signal()
        .await(count + " viewers", SOON, () -> viewers(room) == count, () -> "" + viewers(room));
  }

  @Test
  void ten_players_are_served_by_one_session_on_the_bridge() {
    try (EmbeddedServer edge = Edges.of(BRIDGE.get().uri(), Map.of());
        TestPeer publisher = publish(BRIDGE.get().whip("hall", "main"))) {
      List<TestPeer> players = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        players.add(play(edge.stage("hall")));
      }
      for (TestPeer player : players) {
        player.awaitKeyframes(1, SOON);
        awaitMore(player);
      }
      Edges.awaitViewers(edge, "hall", 10);
      assertThat(viewers("hall")).isEqualTo(1);
      players.forEach(TestPeer::hangUp);
      awaitViewers("hall", 0);
      assertThat(publisher.isClosedByRemote()).isFalse();
      players.forEach(TestPeer::close);
    }
  }

  @Test
  void what_is_published_at_an_edge_is_published_on_the_bridge() {
    try (EmbeddedServer edge =
            EmbeddedServer.start(
                Edges.settings(
                    Map.of(
                        "standalone.forward",
                        List.of(
                            Map.of(
                                "whip",
                                BRIDGE.get().uri().resolve("whip/") + "{room}/{stream}")))));
        TestPeer publisher = publish(edge.whip("forwarded", "main"));
        TestPeer player = play(BRIDGE.get().whep("forwarded", "main"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      assertThat(publisher.isConnected()).isTrue();
    }
  }
}
