package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.awaitStreams;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.network.FreePort;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is published on one server is published on another one as well. */
class ForwardTest {
  private static EmbeddedServer to(URI server, Map<String, ?> entry) {
    Map<String, Object> forward = new HashMap<>(entry);
    forward.put("whip", server.resolve("whip/") + "{room}/{stream}");
    return EmbeddedServer.start(Edges.settings(Map.of("standalone.forward", List.of(forward))));
  }

  @Test
  void it_is_watched_there_and_ends_there_when_it_ends_here() {
    try (EmbeddedServer there = EmbeddedServer.start();
        EmbeddedServer here = to(there.uri(), Map.of());
        TestPeer publisher = publish(here.whip("hall", "main"));
        TestPeer player = play(there.whep("hall", "main"))) {
      player.awaitKeyframes(1, SOON);
      player.awaitVideoPackets(100, SOON);
      awaitMore(player);
      StreamReport video = player.received().video().get(0);
      assertThat(video.isContinuous()).as("%s", video).isTrue();
      assertThat(Edges.snapshot(here, "hall").viewers()).isZero();
      publisher.hangUp();
      awaitStreams(there, "hall", 0);
    }
  }

  @Test
  void all_encodings_that_are_taken_are_sent() {
    try (EmbeddedServer there = EmbeddedServer.start();
        EmbeddedServer here = to(there.uri(), Map.of());
        TestPeer publisher = Simulcast.publish(here.whip("hall", "main"));
        TestPeer player = TestPeer.open()) {
      Simulcast.awaitLayers(there, "hall", "h", "m", "l");
      Reply session = Simulcast.play(player, there.whep("hall", "main"));
      for (String rid : List.of("l", "h", "m")) {
        Simulcast.choose(session, rid);
        Simulcast.awaitSize(player, Simulcast.SIZES.get(rid));
      }
      assertThat(player.received().video().get(0).isContinuous()).isTrue();
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void two_streams_go_to_one_server() {
    try (EmbeddedServer there = EmbeddedServer.start();
        EmbeddedServer here = to(there.uri(), Map.of());
        TestPeer anna = publish(here.whip("hall", "anna"));
        TestPeer first = play(there.whep("hall", "anna"))) {
      first.awaitKeyframes(1, SOON);
      try (TestPeer ben = publish(here.whip("hall", "ben"));
          TestPeer second = play(there.whep("hall", "ben"))) {
        second.awaitKeyframes(1, SOON);
        awaitMore(second);
        awaitMore(first);
        assertThat(ben.isClosedByRemote()).isFalse();
      }
      assertThat(anna.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void only_what_fits_the_pattern_goes_there() {
    try (EmbeddedServer there = EmbeddedServer.start();
        EmbeddedServer here = to(there.uri(), Map.of("streams", "hall/c*"));
        TestPeer other = publish(here.whip("hall", "other"));
        TestPeer camera = publish(here.whip("hall", "camera"))) {
      awaitStreams(there, "hall", 1);
      assertThat(Edges.snapshot(there, "hall").streams())
          .extracting(stream -> stream.name().value())
          .containsExactly("camera");
      assertThat(other.isConnected()).isTrue();
      assertThat(camera.isConnected()).isTrue();
    }
  }

  @Test
  void a_server_that_refuses_is_asked_again_and_the_publisher_goes_on() {
    try (LogLines log = new LogLines();
        EmbeddedServer there =
            EmbeddedServer.start(Map.of("videobridge.whip.auth.tokens", List.of("lemon-tree")));
        EmbeddedServer here = to(there.uri(), Map.of());
        TestPeer publisher = publish(here.whip("hall", "main"));
        TestPeer player = play(here.whep("hall", "main"))) {
      log.await("Forwarding hall/main to 127.0.0.1 fails", SOON);
      awaitMore(player);
      assertThat(log.count("it wants a token, or another one (401)")).isEqualTo(1);
      assertThat(publisher.isClosedByRemote()).isFalse();
    }
  }

  @Test
  void with_its_token_it_is_taken() {
    try (EmbeddedServer there =
            EmbeddedServer.start(Map.of("videobridge.whip.auth.tokens", List.of("lemon-tree")));
        EmbeddedServer here = to(there.uri(), Map.of("token", "lemon-tree"));
        TestPeer publisher = publish(here.whip("hall", "main"))) {
      awaitStreams(there, "hall", 1);
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void a_server_that_comes_back_gets_it_again() {
    int port = FreePort.find();
    EmbeddedServer there = EmbeddedServer.startOn(port, Map.of());
    try (EmbeddedServer here = to(there.uri(), Map.of());
        TestPeer publisher = publish(here.whip("hall", "main"))) {
      awaitStreams(there, "hall", 1);
      there.close();
      there = EmbeddedServer.startOn(port, Map.of());
      try (TestPeer player = play(there.whep("hall", "main"))) {
        player.awaitKeyframes(1, SOON);
        awaitMore(player);
      }
      assertThat(publisher.isClosedByRemote()).isFalse();
    } finally {
      there.close();
    }
  }
}
