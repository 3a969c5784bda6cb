package io.github.jvbwhip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.LayerInfo;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.http.limits.RefusalLog;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator sees of rooms and sessions, and does to them. */
class SessionsApiTest {
  private OperatorServer server;

  @BeforeEach
  void start() throws Exception {
    server = new OperatorServer("");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rooms", "sessions", "ends", "openapi.json"})
  void nobody_else_sees_anything(String path) throws Exception {
    for (String token : List.of("", "Bearer ", "Bearer the-operators", "Basic b3A6bm8=")) {
      HttpResponse<String> response =
          token.isEmpty()
              ? server.http().send("GET", "/operator/" + path, "")
              : server.http().send("GET", "/operator/" + path, "", "Authorization", token);
      assertThat(response.statusCode()).as(token).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void the_log_has_who_tries_another_token() throws Exception {
    Logger logger = Logger.getLogger(RefusalLog.class.getName());
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try {
      server
          .http()
          .send("GET", "/operator/rooms?token=s3cret", "", "Authorization", "Bearer s3cret");
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
    assertThat(lines).containsExactly("Refused 127.0.0.1: 401 to GET /operator/rooms");
  }

  /** Proxies write the query to their logs. */
  @Test
  void its_token_is_not_taken_from_the_query() throws Exception {
    server.close();
    server = new OperatorServer("whip.auth { query-token = true, tokens = [ others ] }");
    assertThat(server.publish("hall?access_token=others").statusCode()).isEqualTo(201);
    assertThat(
            server
                .http()
                .send("GET", "/operator/rooms?access_token=" + OperatorServer.TOKEN, "")
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void pages_of_other_origins_may_use_all_its_methods() throws Exception {
    HttpResponse<String> preflight =
        server
            .http()
            .send(
                "OPTIONS",
                "/operator/rooms",
                "",
                "Origin",
                "https://example.org",
                "Access-Control-Request-Method",
                "PUT");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("GET", "POST", "PUT", "DELETE");
  }

  @Test
  void a_room_has_its_publishers_and_players() throws Exception {
    server.publish("hall/camera", "User-Agent", "OBS-Studio/31.0");
    server.ingest().connectPeer();
    server.ingest().startMedia(MediaKind.VIDEO);
    server
        .ingest()
        .setLayers(
            List.of(
                new LayerInfo(
                    Optional.of("h"),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    2_500_000,
                    OptionalLong.empty(),
                    OptionalInt.of(1280),
                    OptionalInt.of(720))));
    server.watch("hall");

    JsonNode room = server.get("rooms/hall");
    assertThat(server.get("rooms")).containsExactly(room);
    JsonNode publisher = room.at("/publishers/0");
    assertThat(publisher.at("/stream").asText()).isEqualTo("camera");
    assertThat(publisher.at("/userAgent").asText()).isEqualTo("OBS-Studio/31.0");
    assertThat(publisher.at("/state").asText()).isEqualTo("connected");
    assertThat(publisher.at("/address").asText()).isEqualTo("127.0.0.1");
    assertThat(publisher.at("/codecs")).extracting(JsonNode::asText).contains("opus", "H264");
    JsonNode layer = publisher.at("/tracks/1/layers/0");
    assertThat(layer.toString())
        .isEqualTo("{\"rid\":\"h\",\"bitrate\":2500000,\"width\":1280,\"height\":720}");
    assertThat(room.at("/players/0/state").asText()).isEqualTo("connecting");
    assertThat(room.at("/players/0").has("stream")).isFalse();
    assertThat(room.at("/stage").asText()).isEqualTo("camera");
    assertThat(server.get("").at("/publishers").asInt()).isEqualTo(1);
    assertThat(server.get("").at("/players").asInt()).isEqualTo(1);
  }

  @Test
  void a_session_tells_what_helps_with_a_black_picture() throws Exception {
    server.publish("hall/camera");
    assertThat(server.get("sessions").at("/0").has("pair")).as("before ICE").isFalse();
    server.ingest().connectPeer();
    server.ingest().setNotices(Set.of(MediaNotice.B_FRAMES));
    server.watch("hall");

    JsonNode publisher = server.get("rooms/hall").at("/publishers/0");
    assertThat(publisher.at("/pair/remote").asText()).isEqualTo("192.0.2.9:50009");
    assertThat(publisher.at("/pair/local").asText()).matches("[0-9.]+:[0-9]+");
    assertThat(publisher.at("/pair/protocol").asText()).isEqualTo("udp");
    assertThat(publisher.at("/pair/remoteType").asText()).isEqualTo("prflx");
    assertThat(publisher.at("/notices"))
        .extracting(JsonNode::asText)
        .containsExactly(MediaNotice.B_FRAMES.text());
    assertThat(publisher.has("videos")).isFalse();
    JsonNode player = server.get("rooms/hall").at("/players/0");
    assertThat(player.has("notices")).isFalse();
    assertThat(player.at("/videos/0/bitrate").asLong(-1)).isZero();
    assertThat(player.at("/videos/0/keyframeRequests").asLong(-1)).isZero();
  }

  @Test
  void nothing_that_it_tells_opens_a_door() throws Exception {
    HttpResponse<String> published =
        server.publish("hall/camera", "Authorization", "Bearer swordfish");
    String location = published.headers().firstValue("Location").orElseThrow();
    String secret = location.substring(location.lastIndexOf('/') + 1);
    String pwd = server.ingest().localTransport().credentials().pwd();
    for (String path : List.of("", "rooms", "sessions", "rooms/hall")) {
      assertThat(server.get(path).toString())
          .doesNotContain(secret)
          .doesNotContain("swordfish")
          .doesNotContain(pwd);
    }
  }

  @Test
  void a_session_is_ended_and_its_end_is_remembered() throws Exception {
    HttpResponse<String> published = server.publish("hall/camera");
    String id = server.get("sessions").at("/0/session").asText();
    assertThat(server.get("sessions/" + id).at("/room").asText()).isEqualTo("hall");

    assertThat(server.call("DELETE", "sessions/" + id).statusCode()).isEqualTo(204);
    assertThat(server.bridge.ingests()).isEmpty();
    assertThat(server.call("GET", "sessions/" + id).statusCode()).isEqualTo(404);
    JsonNode end = server.get("ends").get(0);
    assertThat(end.at("/session").asText()).isEqualTo(id);
    assertThat(end.at("/reason").asText()).isEqualTo("operator");
    String location = published.headers().firstValue("Location").orElseThrow();
    assertThat(server.http().send("GET", location, "").body())
        .contains("Whoever runs the server has ended it.");
  }

  @Test
  void ends_are_told_the_last_one_first_and_a_thousand_at_most() throws Exception {
    for (int i = 0; i < 1005; i++) {
      server.publish("hall/s" + i);
      server.ingest().end(EndReason.CONSENT_LOST, "gone");
    }
    JsonNode ends = server.get("ends");
    assertThat(ends).hasSize(1000);
    assertThat(ends.at("/0/stream").asText()).isEqualTo("s1004");
    assertThat(server.get("ends?limit=2")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"limit, -1", "limit, many", "limit, 1001", "limit, 99999999999"})
  void a_number_that_makes_no_sense_is_said(String name, String value) throws Exception {
    assertThat(server.call("GET", "ends?" + name + "=" + value).statusCode()).isEqualTo(400);
  }

  @Test
  void a_room_is_closed_for_a_while_and_opened_again() throws Exception {
    server.publish("hall/camera");
    server.publish("other/camera");
    server.watch("hall");
    HttpResponse<String> closed = server.call("DELETE", "rooms/hall?seconds=600");
    assertThat(closed.body()).isEqualTo("{\"ended\":2}");
    assertThat(server.bridge.ingests()).hasSize(1);
    assertThat(server.bridge.egresses()).isEmpty();

    HttpResponse<String> refused = server.publish("hall/camera");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("closed this room");
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(590L, 600L);
    assertThat(server.watch("hall/camera").statusCode()).isEqualTo(403);
    assertThat(server.publish("other/screen").statusCode()).isEqualTo(201);
    assertThat(server.get("").at("/closed").fieldNames()).toIterable().containsExactly("hall");

    server.call("DELETE", "rooms/hall?seconds=0");
    assertThat(server.publish("hall/camera").statusCode()).isEqualTo(201);
    assertThat(server.get("").at("/closed")).isEmpty();
  }

  @Test
  void what_is_not_there_is_said() throws Exception {
    assertThat(server.call("GET", "rooms/nobody").statusCode()).isEqualTo(404);
    assertThat(server.call("DELETE", "sessions/nobody").statusCode()).isEqualTo(404);
    assertThat(server.call("GET", "endpoints").statusCode()).isEqualTo(404);
    assertThat(server.call("POST", "rooms").statusCode()).isEqualTo(405);
    assertThat(server.call("GET", "rooms/a%20b").statusCode()).isEqualTo(404);
  }

  @Test
  void players_get_scte35_messages() throws Exception {
    HttpResponse<String> sent =
        server
            .http()
            .send(
                "POST",
                "/operator/rooms/hall/scte35",
                "/DA0AAAAAAAA///wBQb+cr0AUA==",
                "Content-Type",
                "text/plain",
                "Authorization",
                "Bearer " + OperatorServer.TOKEN);
    assertThat(sent.statusCode()).isEqualTo(204);
    assertThat(
            server
                .http()
                .send("POST", "/operator/rooms/hall/scte35", "/DA0", "Content-Type", "text/plain")
                .statusCode())
        .isEqualTo(401);
  }
}
