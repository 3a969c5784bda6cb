package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitViewers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.StreamSnapshot;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Players of an edge choose among the encodings that are published at its origin. */
class EdgeLayersTest {

  @Test
  void two_players_choose_different_layers_by_two_sessions_at_the_origin() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = Simulcast.publish(origin.whip("hall", "main"));
        TestPeer large = TestPeer.open();
        TestPeer small = TestPeer.open()) {
      Reply first = Simulcast.play(large, edge.stage("hall"));
      Simulcast.awaitSize(large, "1280x720");
      Simulcast.awaitLayers(edge, "hall", "h", "m", "l");
      awaitViewers(origin, "hall", 1);
      Reply second = Simulcast.play(small, edge.stage("hall"));
      Simulcast.choose(second, "l");
      Simulcast.awaitSize(small, "320x180");
      Simulcast.choose(first, "h");
      Simulcast.awaitSize(large, "1280x720");
      awaitViewers(origin, "hall", 2);
      Simulcast.choose(second, "m");
      Simulcast.awaitSize(small, "640x360");
      awaitViewers(origin, "hall", 2);
      StreamReport video = small.received().video().get(0);
      assertThat(small.received().video()).hasSize(1);
      assertThat(video.isContinuous()).as("%s", video).isTrue();
      assertThat(large.received().video().get(0).isContinuous()).isTrue();
      small.hangUp();
      awaitViewers(edge, "hall", 1);
      awaitViewers(origin, "hall", 1);
      Simulcast.awaitSize(large, "1280x720");
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void where_all_choose_one_smaller_layer_its_session_is_the_only_one() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        // Both sessions are there for long enough to be seen.
        EmbeddedServer edge =
            Edges.with(origin.uri(), Map.of("standalone.edge.linger", "8 seconds"));
        TestPeer publisher = Simulcast.publish(origin.whip("hall", "main"));
        TestPeer player = TestPeer.open()) {
      Reply session = Simulcast.play(player, edge.stage("hall"));
      Simulcast.awaitSize(player, "1280x720");
      Simulcast.choose(session, "l");
      Simulcast.awaitSize(player, "320x180");
      awaitViewers(origin, "hall", 2);
      awaitViewers(origin, "hall", 1);
      Simulcast.awaitSize(player, "320x180");
      Simulcast.choose(session, "h");
      Simulcast.awaitSize(player, "1280x720");
      awaitViewers(origin, "hall", 1);
      Simulcast.awaitSize(player, "1280x720");
      assertThat(player.received().video().get(0).isContinuous()).isTrue();
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void a_layer_that_the_origin_does_not_have_is_refused() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = Simulcast.publish(origin.whip("hall", "main"));
        TestPeer player = TestPeer.open()) {
      Reply session = Simulcast.play(player, edge.stage("hall"));
      Simulcast.awaitLayers(edge, "hall", "h", "m", "l");
      assertThat(Simulcast.select(session, "x").status()).isEqualTo(422);
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void one_encoding_is_no_choice_and_takes_one_session() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = Edges.publish(origin.whip("hall", "main"));
        TestPeer player = Edges.play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      Edges.awaitMore(player);
      awaitViewers(origin, "hall", 1);
      StreamSnapshot stream = Edges.snapshot(edge, "hall").streams().get(0);
      assertThat(stream.layers()).extracting(LayerInfo::rid).allMatch(rid -> rid.isEmpty());
      assertThat(List.of(publisher.isClosedByRemote(), player.isClosedByRemote()))
          .containsOnly(false);
    }
  }

  @Test
  void an_edge_of_an_edge_lets_players_choose_as_well() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer inner = Edges.of(origin.uri(), Map.of());
        EmbeddedServer outer = Edges.of(inner.uri(), Map.of());
        TestPeer publisher = Simulcast.publish(origin.whip("hall", "main"));
        TestPeer player = TestPeer.open()) {
      Reply session = Simulcast.play(player, outer.stage("hall"));
      Simulcast.choose(session, "m");
      Simulcast.awaitSize(player, "640x360");
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void an_origin_that_makes_the_offer_itself_has_layers_too() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of("offer", "origin"));
        TestPeer publisher = Simulcast.publish(origin.whip("hall", "main"));
        TestPeer player = TestPeer.open()) {
      Reply session = Simulcast.play(player, edge.stage("hall"));
      Simulcast.choose(session, "m");
      Simulcast.awaitSize(player, "640x360");
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }
}
