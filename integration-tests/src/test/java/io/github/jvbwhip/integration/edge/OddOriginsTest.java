package io.github.jvbwhip.integration.edge;

import static io.github.jvbwhip.integration.edge.Edges.SOON;
import static io.github.jvbwhip.integration.edge.Edges.awaitMore;
import static io.github.jvbwhip.integration.edge.Edges.play;
import static io.github.jvbwhip.integration.edge.Edges.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins that do not do what is wanted: the log says why, once, and players wait. */
class OddOriginsTest {
  private static final Map<String, String> SDP = Map.of("Content-Type", "application/sdp");

  private static Arguments answer(
      int status, Map<String, String> headers, String body, String said) {
    return Arguments.of(status, headers, body, said);
  }

  private static Stream<Arguments> answers() {
    return Stream.of(
        answer(401, Map.of(), "", "it wants a token, or another one (401)"),
        answer(403, Map.of(), "", "it does not let this server in (403)"),
        answer(404, Map.of(), "", "it has no such room (404)"),
        answer(409, Map.of(), "", "not to be had there now (409)"),
        answer(
            422,
            Map.of("Content-Type", "application/problem+json"),
            "{\"detail\":\"Sing instead.\"}",
            "it answered with status 422: Sing instead."),
        answer(500, Map.of(), "", "it answered with status 500"),
        answer(200, Map.of("Content-Type", "text/html"), "<html>", "it answered with status 200"),
        answer(201, Map.of("Content-Type", "text/html"), "<html>", "is no session description"),
        answer(201, SDP, "rubbish", "its session description is malformed"),
        answer(201, SDP, "v=0\r\n", "its session description does not fit"),
        answer(406, SDP, "v=0\r\n", "its offer has no Location to answer to"),
        answer(201, SDP, "x".repeat(1_000_000), "it cannot be asked: more than 262144 bytes"),
        answer(307, Map.of(), "", "it redirects to nowhere, or too often (307)"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void what_is_wrong_is_said_once_and_players_wait(
      int status, Map<String, String> headers, String body, String said) {
    try (LogLines log = new LogLines();
        OddOrigin origin = OddOrigin.answering(status, headers, body);
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      log.await(said, SOON);
      new Signal().await("a second try", SOON, () -> origin.posts() > 2, () -> "" + origin.posts());
      assertThat(log.count("fails, and is tried again")).isEqualTo(1);
      assertThat(player.isConnected()).isTrue();
      assertThat(player.hangUp().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void an_origin_that_says_when_is_not_asked_before(int status) {
    try (LogLines log = new LogLines();
        OddOrigin origin = OddOrigin.answering(status, Map.of("Retry-After", "3"), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      log.await("it takes nobody at the moment (" + status + ")", SOON);
      new Signal().await("a second try", SOON, () -> origin.posts() > 1, () -> "" + origin.posts());
      assertThat(origin.pauseBefore(1)).isGreaterThan(Duration.ofMillis(2500));
      assertThat(player.isConnected()).isTrue();
    }
  }

  /** Who asks says so without a proof. */
  @Test
  void no_number_of_edges_that_ask_makes_its_requests_long() {
    try (OddOrigin origin = OddOrigin.answering(404, Map.of(), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      String offer = offer();
      for (int i = 0; i < 40; i++) {
        String via = "1.1 edge-%016x".formatted(i);
        HttpSignalling.post(edge.stage("hall"), offer, Map.of("Via", via));
      }
      int before = origin.posts();
      new Signal()
          .await("another try", SOON, () -> origin.posts() > before + 1, () -> "" + origin.posts());
      assertThat(origin.via().split(", ")).hasSizeBetween(2, 32);
      assertThat(origin.via()).contains("edge-%016x".formatted(39));
      assertThat(player.isConnected()).isTrue();
    }
  }

  /** A stranger names an edge by which the origin has it, and a player waits for the same. */
  @Test
  void who_names_a_circle_keeps_nobody_else_out() {
    Map<String, String> stranger = Map.of("Via", "1.1 edge-0123456789abcdef");
    try (OddOrigin origin = OddOrigin.answering(508, Map.of(), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of())) {
      String offer = offer();
      assertThat(HttpSignalling.post(edge.stage("hall"), offer, stranger).status()).isEqualTo(201);
      assertThat(origin.via()).contains("edge-0123456789abcdef");
      assertThat(HttpSignalling.post(edge.stage("hall"), offer, Map.of()).status()).isEqualTo(201);
      new Signal()
          .await(
              "asked for the player alone",
              SOON,
              () -> !origin.via().contains("edge-0123456789abcdef"),
              origin::via);
      assertThat(origin.via()).matches("1\\.1 edge-[0-9a-f]{16}");
      int before = origin.posts();
      assertThat(HttpSignalling.post(edge.stage("hall"), offer, stranger).status()).isEqualTo(201);
      new Signal()
          .await("more", SOON, () -> origin.posts() > before + 1, () -> "" + origin.posts());
      assertThat(origin.via()).matches("1\\.1 edge-[0-9a-f]{16}");
    }
  }

  /** It is known from the edge's own answers. */
  @Test
  void who_names_the_edge_itself_makes_no_request_and_gets_508() {
    try (OddOrigin origin = OddOrigin.answering(404, Map.of(), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      Map<String, String> own = Map.of("Via", origin.via());
      assertThat(HttpSignalling.post(edge.stage("yard"), offer(), own).status()).isEqualTo(508);
      assertThat(origin.paths()).containsOnly("/whep/hall");
      assertThat(player.isConnected()).isTrue();
    }
  }

  @Test
  void what_is_no_offer_makes_no_request() {
    try (OddOrigin origin = OddOrigin.answering(404, Map.of(), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of())) {
      assertThat(HttpSignalling.post(edge.stage("hall"), "no offer", Map.of()).status())
          .isEqualTo(400);
      assertThat(origin.posts()).isZero();
    }
  }

  @Test
  void an_origin_that_hangs_delays_a_player_by_two_seconds_at_most() {
    try (LogLines log = new LogLines();
        OddOrigin origin = OddOrigin.hanging();
        EmbeddedServer edge =
            Edges.with(origin.uri(), Map.of("standalone.edge.timeout", "2 seconds"));
        TestPeer player = play(edge.stage("hall"))) {
      assertThat(player.isConnected()).isTrue();
      log.await("it cannot be asked", SOON);
    }
  }

  @Test
  void an_origin_that_is_not_there_is_waited_for() {
    OddOrigin gone = OddOrigin.hanging();
    gone.close();
    try (LogLines log = new LogLines();
        EmbeddedServer edge = Edges.of(gone.uri(), Map.of());
        TestPeer player = play(edge.stage("hall"))) {
      log.await("it cannot be asked", SOON);
      assertThat(player.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void redirects_are_followed(int status) {
    try (EmbeddedServer origin = EmbeddedServer.start();
        OddOrigin before = OddOrigin.redirecting(status, origin.uri());
        EmbeddedServer edge = Edges.of(before.uri(), Map.of());
        TestPeer publisher = publish(origin.whip("hall", "main"));
        TestPeer player = play(edge.stage("hall"))) {
      player.awaitKeyframes(1, SOON);
      awaitMore(player);
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void redirects_in_a_circle_end() {
    try (LogLines log = new LogLines();
        OddOrigin origin = OddOrigin.answering(307, Map.of("Location", "/again"), "");
        EmbeddedServer edge = Edges.of(origin.uri(), Map.of())) {
      int status = HttpSignalling.post(edge.stage("hall"), offer(), Map.of()).status();
      assertThat(status).isEqualTo(201);
      log.await("it redirects to nowhere, or too often (307)", SOON);
    }
  }

  private static String offer() {
    try (TestPeer peer = TestPeer.open()) {
      return peer.offer(OfferSpec.player(Codec.VP8));
    }
  }
}
