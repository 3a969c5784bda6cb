package io.github.jvbwhip.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.MediaNotice;
import io.github.jvbwhip.http.resources.Operation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the API says what the API does. */
class OpenApiTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final int MALFORMED = 400;

  @TempDir private Path directory;

  private OperatorServer server;
  private JsonNode description;

  @BeforeEach
  void start() throws Exception {
    server = new OperatorServer("whip.operator.directory = \"" + directory + "\"");
    description = server.get("openapi.json");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> segments(String template) {
    return template.isEmpty() ? List.of() : Arrays.asList(template.split("/", -1));
  }

  @Test
  void it_has_the_paths_and_methods_that_there_are() {
    Map<String, Set<String>> described = new TreeMap<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path -> {
              Set<String> methods = new TreeSet<>();
              path.getValue().fieldNames().forEachRemaining(methods::add);
              methods.retainAll(METHODS);
              described.put(path.getKey().substring(1), methods);
            });
    Map<String, Set<String>> there = new TreeMap<>();
    for (String template : server.router().templates()) {
      Set<String> methods = new TreeSet<>();
      List<String> example =
          segments(template).stream().map(part -> part.replaceAll("[{}]", "")).toList();
      for (Operation each : server.router().route(example).orElseThrow().operations()) {
        methods.add(each.method().toLowerCase(Locale.ROOT));
      }
      there.put(template, methods);
    }
    assertThat(described).isEqualTo(there);
  }

  @Test
  void answers_are_as_described() throws Exception {
    server.call(
        "POST", "endpoints", "{\"name\":\"studio\",\"room\":\"hall\",\"token\":\"swordfish\"}");
    server.publish("@studio", "Authorization", "Bearer swordfish");
    server.ingest().connectPeer();
    server.ingest().startMedia(MediaKind.VIDEO);
    server.ingest().setNotices(EnumSet.allOf(MediaNotice.class));
    server.watch("hall");
    server.publish("hall/gone");
    server.bridge.ingests().get(1).end(EndReason.ICE_FAILED, "no checks");
    String id = server.get("sessions").at("/0/session").asText();

    assertDescribed("GET", "", "");
    assertDescribed("GET", "rooms", "");
    assertDescribed("GET", "cluster", "");
    assertDescribed("GET", "rooms/hall", "rooms/{room}");
    assertDescribed("GET", "sessions", "sessions");
    assertDescribed("GET", "sessions/" + id, "sessions/{session}");
    assertDescribed("GET", "ends", "ends");
    assertDescribed("GET", "endpoints", "endpoints");
    assertDescribed("GET", "endpoints/studio", "endpoints/{endpoint}");
    assertDescribed("POST", "endpoints/studio/token", "endpoints/{endpoint}/token");
    assertDescribed("GET", "sessions/nobody", "sessions/{session}");
    assertDescribed("DELETE", "rooms/hall", "rooms/{room}");
  }

  /** What the description lets pass is taken, and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'room': 'hall'}",
        "{'room': 'hall', 'name': 'studio', 'stream': 'camera', 'token': 'swordfish',"
            + " 'displayName': 'Studio A', 'maxSeconds': 1, 'maxBitrate': 2147483647,"
            + " 'enabled': false}",
        "{'room': 'hall', 'displayName': ''}",
        "{}",
        "[]",
        "{'name': 'studio'}",
        "{'room': ''}",
        "{'room': 7}",
        "{'room': 'a/b'}",
        "{'room': 'Sessions'}",
        "{'room': 'hall', 'colour': 'red'}",
        "{'room': 'hall', 'name': 'two words'}",
        "{'room': 'hall', 'stream': 'two words'}",
        "{'room': 'hall', 'token': 'short'}",
        "{'room': 'hall', 'displayName': 7}",
        "{'room': 'hall', 'maxSeconds': 0}",
        "{'room': 'hall', 'maxSeconds': '10'}",
        "{'room': 'hall', 'maxBitrate': 1.5}",
        "{'room': 'hall', 'maxBitrate': 2147483648}",
        "{'room': 'hall', 'enabled': 'yes'}"
      })
  void requests_are_as_described(String body) throws Exception {
    String json = body.replace('\'', '"');
    server.call("POST", "endpoints", "{\"name\":\"studio\",\"room\":\"hall\"}");
    for (String template : List.of("endpoints", "endpoints/{endpoint}")) {
      String method = template.equals("endpoints") ? "post" : "put";
      JsonNode schema =
          description
              .path("paths")
              .path("/" + template)
              .path(method)
              .at("/requestBody/content/application~1json/schema");
      assertThat(schema.isObject()).as(template).isTrue();
      boolean described = validate(schema, json).isEmpty();
      HttpResponse<String> response =
          server.call(
              method.toUpperCase(Locale.ROOT), template.replace("{endpoint}", "studio"), json);
      assertThat(response.statusCode() == MALFORMED).as(response.body()).isEqualTo(!described);
    }
  }

  private Set<ValidationMessage> validate(JsonNode schema, String json) throws Exception {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", description.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(whole)
        .validate(OperatorServer.JSON.readTree(json));
  }

  private void assertDescribed(String method, String path, String template) throws Exception {
    HttpResponse<String> response = server.call(method, path);
    String known = template.isEmpty() ? path : template;
    JsonNode described =
        description
            .path("paths")
            .path("/" + known)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(String.valueOf(response.statusCode()));
    if (described.has("$ref")) {
      described = description.at(described.path("$ref").asText().substring(1));
    }
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    JsonNode schema = described.path("content").path(type).path("schema");
    assertThat(schema.isObject()).as("%s %s: %s", method, path, response.statusCode()).isTrue();
    assertThat(validate(schema, response.body()))
        .as("%s %s: %s", method, path, response.body())
        .isEmpty();
  }
}
