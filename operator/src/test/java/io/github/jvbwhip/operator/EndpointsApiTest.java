package io.github.jvbwhip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.threads.Await;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named endpoints, by the API and for publishers. */
class EndpointsApiTest {
  @TempDir private Path directory;

  private OperatorServer server;

  @BeforeEach
  void start() throws Exception {
    server = new OperatorServer("whip.operator.directory = \"" + directory + "\"");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode make(String json) throws Exception {
    HttpResponse<String> made = server.call("POST", "endpoints", json);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return OperatorServer.JSON.readTree(made.body());
  }

  private int publish(String path, String token) throws Exception {
    return server.publish(path, "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void its_token_opens_it_and_its_stream_and_no_other_does() throws Exception {
    JsonNode made = make("{\"name\":\"studio\",\"room\":\"hall\",\"stream\":\"camera\"}");
    String token = made.at("/token").asText();
    assertThat(token).hasSizeGreaterThanOrEqualTo(32);
    assertThat(made.at("/path").asText()).isEqualTo("/whip/@studio");

    assertThat(publish("@studio", "another-token")).isEqualTo(401);
    assertThat(server.publish("hall/camera").statusCode()).isEqualTo(401);
    assertThat(publish("@studio", token)).isEqualTo(201);
    assertThat(server.ingest().request().stream().value()).isEqualTo("camera");
    assertThat(publish("hall/camera", token)).as("it replaces itself").isEqualTo(201);
    assertThat(server.publish("hall/screen").statusCode()).as("others are open").isEqualTo(201);
    assertThat(server.watch("hall/camera").statusCode()).isEqualTo(201);
    assertThat(publish("@nobody", token)).isEqualTo(404);
  }

  @Test
  void paths_are_as_clients_see_them() throws Exception {
    server.close();
    server =
        new OperatorServer(
            "whip.operator.directory = \""
                + directory
                + "\"\nwhip.public-url = \"https://example.org/media/\"");
    String wish = "{\"name\":\"studio\",\"room\":\"hall\"}";
    HttpResponse<String> made = server.call("POST", "endpoints", wish);
    assertThat(made.headers().firstValue("Location")).contains("/media/operator/endpoints/studio");
    assertThat(OperatorServer.JSON.readTree(made.body()).at("/path").asText())
        .isEqualTo("/media/whip/@studio");
    assertThat(server.get("endpoints").at("/0/path").asText()).isEqualTo("/media/whip/@studio");

    server.close();
    server =
        new OperatorServer(
            "whip.location = absolute, whip.trusted-proxies = [ 127.0.0.1 ]\n"
                + "whip.operator.directory = \""
                + directory
                + "\"");
    HttpResponse<String> behind =
        server
            .http()
            .send(
                "POST",
                "/operator/endpoints",
                "{\"name\":\"other\",\"room\":\"other\"}",
                "Authorization",
                "Bearer " + OperatorServer.TOKEN,
                "Content-Type",
                "application/json",
                "X-Forwarded-Prefix",
                "/away");
    assertThat(behind.headers().firstValue("Location").orElseThrow())
        .startsWith("http://127.0.0.1:")
        .endsWith("/away/operator/endpoints/other");
    assertThat(OperatorServer.JSON.readTree(behind.body()).at("/path").asText())
        .isEqualTo("/away/whip/@other");
  }

  @Test
  void the_token_is_told_once() throws Exception {
    String token = make("{\"name\":\"studio\",\"room\":\"hall\"}").at("/token").asText();
    assertThat(server.get("endpoints").toString()).doesNotContain(token).contains("studio");
    assertThat(server.get("endpoints/studio").has("token")).isFalse();
    HttpResponse<String> renewed = server.call("POST", "endpoints/studio/token");
    String fresh = OperatorServer.JSON.readTree(renewed.body()).at("/token").asText();
    assertThat(publish("@studio", token)).isEqualTo(401);
    assertThat(publish("@studio", fresh)).isEqualTo(201);
  }

  @Test
  void a_restart_of_the_server_finds_it() throws Exception {
    String token = make("{\"name\":\"studio\",\"room\":\"hall\"}").at("/token").asText();
    server.close();
    start();
    assertThat(publish("@studio", "another-token")).isEqualTo(401);
    assertThat(publish("@studio", token)).isEqualTo(201);
  }

  @Test
  void one_that_is_restarted_or_closed_loses_its_publisher() throws Exception {
    JsonNode made = make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    assertThat(made.at("/token").asText()).isEqualTo("swordfish");
    publish("@studio", "swordfish");
    assertThat(server.get("endpoints/studio").has("session")).isTrue();

    assertThat(server.call("POST", "endpoints/studio/restart").statusCode()).isEqualTo(204);
    assertThat(server.bridge.ingests()).isEmpty();
    assertThat(publish("@studio", "swordfish")).isEqualTo(201);

    server.call("PUT", "endpoints/studio", "{\"room\":\"hall\",\"enabled\":false}");
    assertThat(server.bridge.ingests()).isEmpty();
    assertThat(publish("@studio", "swordfish")).isEqualTo(403);
    assertThat(publish("@studio", "guessed-it")).isEqualTo(401);
  }

  @Test
  void one_that_moves_takes_its_encoder_along() throws Exception {
    make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    publish("@studio", "swordfish");
    server.call("PUT", "endpoints/studio", "{\"room\":\"garden\"}");
    assertThat(server.bridge.ingests()).isEmpty();
    publish("@studio", "swordfish");
    assertThat(server.ingest().room().value()).isEqualTo("garden");
    assertThat(server.publish("hall").statusCode()).isEqualTo(201);
  }

  @Test
  void one_that_is_destroyed_is_gone() throws Exception {
    make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    publish("@studio", "swordfish");
    assertThat(server.call("DELETE", "endpoints/studio").statusCode()).isEqualTo(204);
    assertThat(server.bridge.ingests()).isEmpty();
    assertThat(server.call("DELETE", "endpoints/studio").statusCode()).isEqualTo(404);
    assertThat(publish("@studio", "swordfish")).isEqualTo(404);
    assertThat(server.publish("hall").statusCode()).isEqualTo(201);
  }

  @Test
  void wishes_that_make_no_sense_get_an_error_and_lose_nothing() throws Exception {
    make("{\"name\":\"studio\",\"room\":\"hall\"}");
    assertThat(server.call("POST", "endpoints", "{\"room\":").statusCode()).isEqualTo(400);
    assertThat(server.call("POST", "endpoints", "{\"room\":\"hall\"}").statusCode()).isEqualTo(409);
    assertThat(
            server.call("PUT", "endpoints/studio", "{\"name\":\"b\",\"room\":\"c\"}").statusCode())
        .isEqualTo(400);
    assertThat(server.call("PUT", "endpoints/nobody", "{\"room\":\"c\"}").statusCode())
        .isEqualTo(404);
    assertThat(server.get("endpoints")).hasSize(1);
    assertThat(server.get("endpoints/studio").at("/room").asText()).isEqualTo("hall");
  }

  @Test
  void its_publisher_has_its_limit() throws Exception {
    make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\",\"maxBitrate\":640000}");
    HttpResponse<String> published = server.publish("@studio", "Authorization", "Bearer swordfish");
    assertThat(published.body()).contains("b=TIAS:");
    assertThat(server.ingest().request().limits().maxBitrate()).hasValue(640_000);
  }

  /** There the URL of a session is not enough. */
  @Test
  void with_strict_its_token_is_good_for_its_session_too() throws Exception {
    server.close();
    server =
        new OperatorServer(
            "whip { strict = true, auth.tokens = [ others ], operator.directory = \""
                + directory
                + "\" }");
    make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    String location =
        server
            .http()
            .send(
                "POST",
                "/whip/@studio",
                OperatorServer.offer("chromium-whip"),
                "Content-Type",
                "application/sdp",
                "Authorization",
                "Bearer swordfish")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    assertThat(server.http().send("DELETE", location, "").statusCode()).isEqualTo(401);
    assertThat(
            server
                .http()
                .send("DELETE", location, "", "Authorization", "Bearer swordfish")
                .statusCode())
        .isEqualTo(200);
  }

  /** Otherwise its owner would be kept out by whoever was there before. */
  @Test
  void one_that_is_made_is_nobody_elses_from_then_on() throws Exception {
    server.publish("hall/camera");
    server.publish("hall/screen");
    make("{\"name\":\"studio\",\"room\":\"hall\",\"stream\":\"camera\",\"token\":\"swordfish\"}");
    assertThat(server.ingest().request().stream().value()).isEqualTo("screen");
    assertThat(publish("@studio", "swordfish")).isEqualTo(201);
  }

  /** It was let in before, and is opened after. */
  @Test
  void who_is_under_way_when_an_endpoint_closes_does_not_slip_in() throws Exception {
    make("{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    server.bridge.holdOpenings();
    CompletableFuture<HttpResponse<String>> late =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.publish("@studio", "Authorization", "Bearer swordfish");
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Await.until("it is under way", () -> server.bridge.heldOpenings() == 1);
    server.call("PUT", "endpoints/studio", "{\"room\":\"hall\",\"enabled\":false}");
    server.bridge.releaseOpenings();
    late.get(20, TimeUnit.SECONDS);
    Await.until("it has ended", () -> server.bridge.ingests().isEmpty());
    assertThat(server.get("sessions")).isEmpty();
  }

  @Test
  void people_see_its_name() throws Exception {
    make(
        "{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\",\"displayName\":\"Studio A\"}");
    publish("@studio", "swordfish");
    assertThat(server.ingest().request().publisher().displayName()).contains("Studio A");
  }
}
