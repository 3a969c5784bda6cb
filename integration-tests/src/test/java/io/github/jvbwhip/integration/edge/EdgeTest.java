package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.awaitStreams;
import static io.github.jvbwhip.integration.edge.Edges.awaitViewers;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rooms of one server are watched on another one. */
class EdgeTest {

  @Test
  void ten_players_are_served_by_one_session_at_the_origin_until_the_last_one_leaves() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"))) {
      List<TestPeer> players = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        players.add(play(edge.stage("hall")));
      }
      for (TestPeer player : players) {
        player.awaitKeyframes(1, SOON);
        player.awaitVideoPackets(100, SOON);
        player.awaitAudioPackets(20, SOON);
        StreamReport video = player.received().video().get(0);
        assertThat(video.isContinuous()).as("%s", video).isTrue();
      }
      awaitViewers(edge, "hall", 10);
      awaitViewers(origin, "hall", 1);
      players.remove(0).hangUp();
      awaitViewers(edge, "hall", 9);
      awaitMore(players.get(0));
      awaitViewers(origin, "hall", 1);
      players.forEach(TestPeer::hangUp);
      awaitStreams(edge, "hall", 0);
      awaitViewers(origin, "hall", 0);
      assertThat(publisher.isClosedByRemote()).isFalse();
      players.forEach(TestPeer::close);
    }
  }

  @Test
  void one_stream_of_a_room_is_watched_alone() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer anna = publish(origin.whip("hall", "anna"));
        TestPeer ben = publish(origin.whip("hall", "ben"));
        TestPeer player = play(edge.whep("hall", "ben"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      assertThat(Edges.snapshot(edge, "hall").streams())
          .extracting(stream -> stream.name().value())
          .containsExactly("ben");
      assertThat(anna.isConnected()).isTrue();
      assertThat(ben.isConnected()).isTrue();
    }
  }

  /**
   * One that was not counted while there was no room counts nobody else out, and is served later.
   */
  @Test
  void who_finds_no_room_is_served_when_there_is_some() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.with(origin.uri(), Map.of("standalone.edge.max-streams", 1));
        TestPeer hall = publish(origin.whip("hall", "main"));
        TestPeer yard = publish(origin.whip("yard", "main"));
        TestPeer first = play(edge.stage("hall"))) {
      first.awaitKeyframes(1, SOON);
      try (TestPeer second = play(edge.stage("yard"));
          TestPeer third = play(edge.stage("yard"))) {
        awaitViewers(edge, "yard", 2);
        assertThat(Edges.snapshot(edge, "yard").streams()).isEmpty();
        first.hangUp();
        second.awaitKeyframes(1, SOON);
        third.hangUp();
        awaitStreams(edge, "hall", 0);
        awaitMore(second);
      }
      awaitStreams(edge, "yard", 0);
      assertThat(hall.isConnected()).isTrue();
      assertThat(yard.isConnected()).isTrue();
    }
  }

  @Test
  void two_rooms_of_one_origin_are_watched_at_a_time() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer hall = publish(origin.whip("hall", "main"));
        TestPeer yard = publish(origin.whip("yard", "main"));
        TestPeer first = play(edge.stage("hall"))) {
      first.awaitKeyframes(1, SOON);
      try (TestPeer second = play(edge.stage("yard"))) {
        second.awaitKeyframes(1, SOON);
        awaitMore(second);
        awaitMore(first);
      }
      assertThat(hall.isConnected()).isTrue();
      assertThat(yard.isConnected()).isTrue();
    }
  }

  @Test
  void an_origin_that_makes_the_offer_itself_is_answered() {
    assertPlays(Map.of("videobridge.whep.offer", "server"), Map.of());
  }

  @Test
  void an_origin_can_be_asked_for_its_offer() {
    assertPlays(Map.of(), Map.of("offer", "origin"));
  }

  private static void assertPlays(Map<String, ?> ofOrigin, Map<String, String> ofEntry) {
    try (EmbeddedServer origin = EmbeddedServer.start(ofOrigin);
        EmbeddedServer edge = Edges.of(origin.uri(), ofEntry);
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void players_stay_when_the_publisher_leaves_and_another_one_comes() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of())) {
      TestPeer first = publish(origin.whip("hall", "main"));
      try (TestPeer player = play(edge.stage("hall"))) {
        player.awaitKeyframes(1, SOON);
        first.hangUp();
        first.close();
        awaitStreams(origin, "hall", 0);
        try (TestPeer second = publish(origin.whip("hall", "main"))) {
          awaitMore(player);
          assertThat(second.isConnected()).isTrue();
        }
        assertThat(player.isClosedByRemote()).isFalse();
      }
    }
  }

  @Test
  void players_stay_when_the_origin_is_started_again() {
    int port = FreePort.find();
    EmbeddedServer origin = EmbeddedServer.startOn(port, Map.of());
    try (EmbeddedServer edge = Edges.of(origin.uri(), Map.of())) {
      TestPeer before = publish(origin.whip("hall", "main"));
      try (TestPeer player = play(edge.stage("hall"))) {
        player.awaitKeyframes(1, SOON);
        origin.close();
        before.close();
        awaitStreams(edge, "hall", 0);
        origin = EmbeddedServer.startOn(port, Map.of());
        try (TestPeer after = publish(origin.whip("hall", "main"))) {
          awaitMore(player);
          assertThat(after.isConnected()).isTrue();
        }
        assertThat(player.isClosedByRemote()).isFalse();
        assertThat(player.isConnected()).isTrue();
      }
    } finally {
      origin.close();
    }
  }

  @Test
  void who_publishes_here_takes_the_place_of_what_is_fetched() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer there = publish(origin.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitViewers(origin, "hall", 1);
      TestPeer here = publish(edge.whip("hall", "main"));
      awaitViewers(origin, "hall", 0);
      awaitMore(player);
      here.hangUp();
      here.close();
      awaitViewers(origin, "hall", 1);
      awaitMore(player);
      assertThat(there.isConnected()).isTrue();
    }
  }

  @Test
  void a_request_for_a_keyframe_goes_to_the_origin() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      int asked = publisher.rtcp().keyframeRequests();
      int seen = player.received().keyframes();
      player.feedback().pictureLoss(player.received().video().get(0).ssrc());
      publisher.await("a request", SOON, () -> publisher.rtcp().keyframeRequests() > asked);
      player.awaitKeyframes(seen + 1, SOON);
    }
  }

  @Test
  void a_token_opens_the_origin_and_without_it_players_wait() {
    try (EmbeddedServer origin =
            EmbeddedServer.start(Map.of("videobridge.whep.auth.tokens", List.of("lemon-tree")));
        TestPeer publisher = publish(origin.whip("hall", "main"));
        LogLines log = new LogLines()) {
      try (EmbeddedServer edge = Edges.of(origin.uri(), Map.of("token", "lemon-tree"));
          TestPeer player = play(edge.stage("hall"))) {
        player.awaitKeyframes(1, SOON);
      }
      try (EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
          TestPeer player = play(edge.stage("hall"))) {
        log.await("it wants a token, or another one (401)", SOON);
        assertThat(player.isConnected()).isTrue();
      }
      assertThat(publisher.isConnected()).isTrue();
      assertThat(log.count("lemon-tree")).isZero();
    }
  }

  @Test
  void an_edge_of_an_edge_serves_as_well() {
    try (EmbeddedServer origin = EmbeddedServer.start();
        EmbeddedServer inner = Edges.of(origin.uri(), Map.of());
        EmbeddedServer outer = Edges.of(inner.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer player = play(outer.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      awaitViewers(inner, "hall", 1);
      awaitViewers(origin, "hall", 1);
      assertThat(publisher.isConnected()).isTrue();
    }
  }
}
