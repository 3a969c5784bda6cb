package io.github.jvbwhip.integration.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The operator's API of a server, with the token. Thread-safe. */
public record OperatorApi(URI server) {
  /** What opens it. */
  public static final String TOKEN = "an-operators-token";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECTION = "videobridge.whip.operator.";

  /** What switches it on, with named endpoints in a directory of its own. */
  public static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SECTION + "enabled", true);
    settings.put(SECTION + "tokens", List.of(TOKEN));
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "endpoints-");
      settings.put(SECTION + "directory", directory.toAbsolutePath().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  /** What is there. */
  public JsonNode get(String path) {
    return json(expect(200, call("GET", path, null)));
  }

  /** Makes a named endpoint; gives it with its token. */
  public JsonNode make(Map<String, ?> wish) {
    return json(expect(201, call("POST", "endpoints", JSON.valueToTree(wish).toString())));
  }

  /** Ends something. */
  public Reply delete(String path) {
    return call("DELETE", path, null);
  }

  /** Does something that has no body. */
  public Reply post(String path) {
    return call("POST", path, null);
  }

  /** A publisher of that stream, as its room has it. */
  public Optional<JsonNode> publisher(String room, String stream) {
    return StreamSupport.stream(get("rooms").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(room))
        .flatMap(each -> StreamSupport.stream(each.path("publishers").spliterator(), false))
        .filter(each -> each.path("stream").asText().equals(stream))
        .findFirst();
  }

  /** How a session has ended, where it has. */
  public Optional<JsonNode> end(String session) {
    return StreamSupport.stream(get("ends").spliterator(), false)
        .filter(each -> each.path("session").asText().equals(session))
        .findFirst();
  }

  private Reply call(String method, String path, @Nullable String body) {
    return HttpSignalling.send(
        method,
        server.resolve("operator/" + path),
        body == null ? null : "application/json",
        body,
        Map.of("Authorization", "Bearer " + TOKEN));
  }

  private static Reply expect(int status, Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    return reply;
  }

  private static JsonNode json(Reply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(reply.body(), e);
    }
  }
}
