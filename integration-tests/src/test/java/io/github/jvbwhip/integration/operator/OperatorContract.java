package io.github.jvbwhip.integration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.integration.PeerContract;
import io.github.jvbwhip.integration.clients.ObsStandIn;
import io.github.jvbwhip.integration.clients.Requires;
import io.github.jvbwhip.integration.clients.Tool;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.Signal;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the operator sees of publishers and players, what they do to them, and who is told. */
@Timeout(180)
abstract class OperatorContract extends PeerContract {
  private static final Duration LONG = Duration.ofSeconds(45);
  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);

  /** Who is told by the server. */
  abstract NotifiedServer notified();

  /** What the server needs. */
  static Map<String, Object> settings(NotifiedServer notified) {
    Map<String, Object> settings = OperatorApi.settings();
    settings.put("videobridge.whip.operator.notifications.url", notified.url());
    return settings;
  }

  private OperatorApi operator() {
    return new OperatorApi(server().uri());
  }

  /** A named endpoint for the stream {@code camera} of the test's room. */
  private JsonNode makeEndpoint() {
    return operator().make(Map.of("name", room(), "room", room(), "stream", "camera"));
  }

  private URI named() {
    return server().uri().resolve("whip/@" + room());
  }

  private Reply connect(TestPeer peer, String token) {
    return peer.connect(named(), PUBLISHER, Map.of("Authorization", "Bearer " + token));
  }

  private TestPeer publishWith(String token) {
    TestPeer peer = peer(PeerOptions.defaults());
    Reply reply = connect(peer, token);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(LONG);
    startMedia(peer);
    return peer;
  }

  private JsonNode await(String what, Function<OperatorApi, Optional<JsonNode>> look) {
    List<JsonNode> seen = new ArrayList<>();
    new Signal()
        .await(
            what,
            LONG,
            () -> {
              look.apply(operator()).ifPresent(seen::add);
              return !seen.isEmpty();
            },
            () -> operator().get("rooms").toString());
    return seen.get(0);
  }

  private static boolean hasPicture(JsonNode publisher) {
    for (JsonNode track : publisher.path("tracks")) {
      for (JsonNode layer : track.path("layers")) {
        if (layer.path("height").asInt() == 360 && layer.path("bitrate").asLong() > 50_000) {
          return true;
        }
      }
    }
    return false;
  }

  private static long bytes(JsonNode publisher) {
    return publisher.at("/stats/bytesReceived").asLong();
  }

  private JsonNode awaitPublisher(Predicate<JsonNode> condition) {
    return await("the publisher", api -> api.publisher(room(), "camera").filter(condition));
  }

  @Test
  void a_publisher_on_a_named_endpoint_is_seen_and_ended() {
    String token = makeEndpoint().path("token").asText();
    assertThat(connect(peer(PeerOptions.defaults()), "guessed").status()).isEqualTo(401);
    TestPeer publisher = publishWith(token);

    JsonNode seen = awaitPublisher(OperatorContract::hasPicture);
    String session = seen.path("session").asText();
    assertThat(seen.path("state").asText()).isEqualTo("connected");
    assertThat(seen.path("codecs").toString()).containsIgnoringCase("vp8").contains("opus");
    assertThat(bytes(seen)).isPositive();
    JsonNode later = awaitPublisher(now -> bytes(now) > bytes(seen) + 20_000);
    assertThat(later.path("session").asText()).isEqualTo(session);
    JsonNode endpoint = operator().get("endpoints/" + room());
    assertThat(endpoint.path("session").asText()).isEqualTo(session);
    assertThat(operator().get("rooms").toString()).doesNotContain(token);

    assertThat(operator().delete("sessions/" + session).status()).isEqualTo(204);
    publisher.awaitClosedByRemote(LONG);
    JsonNode end = operator().end(session).orElseThrow();
    assertThat(end.path("reason").asText()).isEqualTo("operator");
    assertThat(bytes(end)).isGreaterThanOrEqualTo(bytes(later));
    assertThat(operator().publisher(room(), "camera")).isEmpty();
    assertThat(operator().delete("sessions/" + session).status()).isEqualTo(404);
  }

  @Test
  void a_restarted_endpoint_takes_its_encoder_again() {
    String token = makeEndpoint().path("token").asText();
    TestPeer first = publishWith(token);
    assertThat(operator().post("endpoints/" + room() + "/restart").status()).isEqualTo(204);
    first.awaitClosedByRemote(LONG);

    TestPeer second = publishWith(token);
    awaitPublisher(OperatorContract::hasPicture);
    Reply renewed = operator().post("endpoints/" + room() + "/token");
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(second.isClosedByRemote()).as("who is there stays").isFalse();
    assertThat(connect(peer(PeerOptions.defaults()), token).status()).isEqualTo(401);
  }

  @Test
  void a_closed_room_loses_everybody_and_takes_nobody_until_it_is_open() {
    TestPeer publisher = publish(PUBLISHER);
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(20, LONG);

    Reply closed = operator().delete("rooms/" + room() + "?seconds=600");
    assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    assertThat(closed.body()).isEqualTo("{\"ended\":2}");
    publisher.awaitClosedByRemote(LONG);
    player.awaitClosedByRemote(LONG);
    TestPeer again = peer(PeerOptions.defaults());
    URI stream = server().whip(room(), "main");
    assertThat(again.connect(stream, PUBLISHER).status()).isEqualTo(403);
    assertThat(again.connect(server().stage(room()), OfferSpec.player(Codec.VP8)).status())
        .isEqualTo(403);

    assertThat(operator().delete("rooms/" + room() + "?seconds=0").status()).isEqualTo(200);
    publish(PUBLISHER);
  }

  @Test
  void another_server_is_told_who_comes_and_goes_in_that_order() throws Exception {
    TestPeer publisher = publish(PUBLISHER);
    startMedia(publisher);
    TestPeer player = play(OfferSpec.player(Codec.VP8));
    player.awaitVideoPackets(20, LONG);
    assertThat(player.hangUp().status()).isEqualTo(200);
    player.awaitClosedByRemote(LONG);
    publisher.close();

    List<JsonNode> told = notified().next(room(), 4);
    assertThat(told)
        .extracting(each -> each.path("event").asText())
        .containsExactly("publish", "watch", "end", "unpublish");
    assertThat(told.get(0).path("session")).isEqualTo(told.get(3).path("session"));
    assertThat(told.get(1).path("session")).isEqualTo(told.get(2).path("session"));
    assertThat(told.get(2).path("reason").asText()).isEqualTo("deleted");
    assertThat(told.get(2).at("/stats/bytesSent").asLong()).isPositive();
    assertThat(told.get(3).path("reason").asText()).isEqualTo("dtls-closed");
    assertThat(bytes(told.get(3))).isPositive();
  }

  @Test
  @Requires(Tool.OBS_STAND_IN)
  void obs_publishes_on_a_named_endpoint_and_is_ended() {
    String token = makeEndpoint().path("token").asText();
    try (ObsStandIn obs = ObsStandIn.publishWithToken(named(), token, "640x360")) {
      obs.awaitConnected(LONG);
      JsonNode seen = awaitPublisher(now -> bytes(now) > 50_000);
      assertThat(seen.path("codecs").toString()).containsIgnoringCase("h264");
      String session = seen.path("session").asText();
      assertThat(operator().delete("sessions/" + session).status()).isEqualTo(204);
      assertThat(operator().end(session).orElseThrow().path("reason").asText())
          .isEqualTo("operator");
    }
  }
}
