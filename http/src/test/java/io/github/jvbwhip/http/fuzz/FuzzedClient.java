package io.github.jvbwhip.http.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.core.negotiation.LegalAnswer;
import io.github.jvbwhip.core.sdp.Direction;
import io.github.jvbwhip.core.sdp.IceFragment;
import io.github.jvbwhip.core.sdp.SdpReader;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.http.server.LocalServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A client that sends what bytes spell, to endpoints and to the sessions that came of it: methods,
 * header fields and bodies that make sense, and such as do not. Each response is a legal one.
 */
public final class FuzzedClient {
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final String PROBLEM = "application/problem+json";

  private static final List<String> METHODS =
      List.of(
          "POST",
          "POST",
          "POST",
          "PATCH",
          "PATCH",
          "PATCH",
          "DELETE",
          "GET",
          "OPTIONS",
          "HEAD",
          "PUT",
          "TRACE",
          "post",
          "PROPFIND");
  private static final List<String> TYPES =
      List.of(
          SDP,
          FRAGMENT,
          "application/json",
          SDP + "; charset=utf-8",
          "Application/SDP",
          "text/plain",
          "*/*",
          ";",
          "");
  private static final List<String> FIELDS =
      List.of(
          "Accept: application/sdp",
          "Accept: text/html;q=0.1, */*;q=0",
          "Origin: https://example.org",
          "Origin: null",
          "Access-Control-Request-Method: PATCH",
          "Authorization: Bearer token",
          "Authorization: Basic !!",
          "Authorization: Bearer",
          "X-Forwarded-For: 1.2.3.4, unknown",
          "Forwarded: for=\"[::1\"",
          "Last-Event-ID: 99999999999999999999",
          "Content-Encoding: gzip",
          "X-HTTP-Method-Override: DELETE",
          "Cookie: a=b; c");
  private static final Set<Integer> STATUSES =
      Set.of(
          200, 201, 204, 307, 400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, 503,
          508);
  private static final int MAX_REQUESTS = 24;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LocalServer server;
  private final World world;
  private final List<String> sessions = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private String described = "";

  /** What is behind the server. */
  public interface World {
    /** Where sessions are opened, and where they are not. */
    List<String> endpoints();

    /** What stands behind a session's URL. */
    List<String> below();

    /** What is posted. */
    List<String> bodies();

    /** What is sent to sessions. */
    List<String> fragments();

    /** Of the sections that an answer accepts. */
    Direction direction();

    /** Something happens on the bridge, or time passes. */
    void happen(Choices choices);
  }

  public FuzzedClient(LocalServer server, World world) {
    this.server = server;
    this.world = world;
  }

  /** How often there was each status, to see that it comes far enough. */
  public Map<Integer, Integer> statuses() {
    return Map.copyOf(statuses);
  }

  /** Sends all that the bytes spell, and ends the sessions that are left. */
  public void play(byte[] bytes) throws Exception {
    Choices choices = new Choices(bytes);
    for (int i = 0; i < MAX_REQUESTS && choices.more(); i++) {
      if (choices.once(5)) {
        world.happen(choices);
      } else {
        send(choices);
      }
    }
    for (String session : sessions) {
      assertThat(request("DELETE", session, List.of(), "").status()).isIn(200, 404);
      assertThat(request("GET", session, List.of(), "").status()).isEqualTo(404);
    }
    sessions.clear();
    tags.clear();
    described = "";
  }

  /** As clients do, with a body that may be spoilt; or anything. */
  private void send(Choices choices) throws Exception {
    switch (choices.below(8)) {
      case 0, 1, 2 -> post(choices);
      case 3 -> patch(choices, FRAGMENT, choices.changed(choices.of(world.fragments())));
      case 4 -> patch(choices, SDP, choices.changed(answer()));
      default -> sendAnything(choices);
    }
  }

  private void post(Choices choices) throws Exception {
    String body = choices.once(8) ? "" : choices.changed(choices.of(world.bodies()));
    List<String> fields = List.of("Content-Type: " + SDP);
    check("POST", body, request("POST", choices.of(world.endpoints()), fields, body));
  }

  private void patch(Choices choices, String type, String body) throws Exception {
    if (!sessions.isEmpty()) {
      List<String> fields = List.of("Content-Type: " + type, ifMatch(choices));
      check("PATCH", body, request("PATCH", choices.of(sessions), fields, body));
    }
  }

  /** As a browser answers what was described last. */
  private String answer() {
    return described
        .replace("a=sendonly", "a=recvonly")
        .replace("a=setup:actpass", "a=setup:active");
  }

  private void sendAnything(Choices choices) throws Exception {
    String method = choices.of(METHODS);
    String path = path(choices);
    boolean endless = path.contains("/sse") || path.endsWith("/events");
    if (endless && method.equals("GET")) {
      return; // A stream that does not end.
    }
    String body = body(choices);
    List<String> fields = new ArrayList<>();
    String type = choices.of(TYPES);
    if (!type.isEmpty()) {
      fields.add("Content-Type: " + type);
    }
    for (int more = choices.below(3); more > 0; more--) {
      fields.add(choices.once(3) ? ifMatch(choices) : choices.of(FIELDS));
    }
    check(method, body, request(method, path, fields, body));
  }

  private String path(Choices choices) {
    if (sessions.isEmpty() || choices.once(3)) {
      String endpoint = choices.of(world.endpoints());
      return choices.once(8)
          ? endpoint + "/" + URLEncoder.encode(choices.text(), StandardCharsets.ISO_8859_1)
          : endpoint;
    }
    String session = choices.of(sessions);
    return choices.once(3) ? session + choices.of(world.below()) : session;
  }

  private String body(Choices choices) {
    return switch (choices.below(4)) {
      case 0 -> "";
      case 1 -> choices.text();
      case 2 -> choices.changed(choices.of(world.bodies()));
      default -> choices.changed(choices.of(world.fragments()));
    };
  }

  private String ifMatch(Choices choices) {
    List<String> values = new ArrayList<>(tags);
    values.addAll(List.of("*", "\"x\"", "W/\"x\"", "x", "\"", "\"a\", *"));
    return "If-Match: " + choices.of(values);
  }

  private LocalResponse request(String method, String path, List<String> fields, String body)
      throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(method, path));
    fields.forEach(field -> text.append(field).append("\r\n"));
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > 0) {
      text.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    text.append("\r\n").append(body);
    LocalResponse response =
        LocalResponse.of(server.respond(text.toString(), method.equals("HEAD")));
    assertThat(response.status()).as("%s%n%s", text, response).isIn(STATUSES);
    statuses.merge(response.status(), 1, Integer::sum);
    return response;
  }

  private void check(String method, String body, LocalResponse response) throws Exception {
    int status = response.status();
    if (status >= 400 && status != 406 && !method.equals("HEAD")) {
      checkProblem(response);
    } else if (status == 201) {
      checkCreated(method, body, response);
    } else if (status == 406) {
      assertThat(response.header("Content-Type").orElseThrow()).startsWith(SDP);
      remember(response);
    } else if (method.equals("PATCH") && status == 200) {
      assertThat(response.header("Content-Type")).contains(FRAGMENT);
      assertThat(IceFragment.parse(response.body()).media()).isNotEmpty();
      tags.add(response.header("ETag").orElseThrow());
    }
  }

  private static void checkProblem(LocalResponse response) throws Exception {
    int status = response.status();
    assertThat(response.header("Content-Type")).as("%s", response).contains(PROBLEM);
    JsonNode document = JSON.readTree(response.body());
    assertThat(document.get("status").asInt()).isEqualTo(status);
    assertThat(document.get("type").asText()).startsWith("tag:");
    assertThat(document.get("detail").asText()).isNotBlank();
    assertThat(response.header("Allow").isPresent() || status != 405).isTrue();
    assertThat(response.header("WWW-Authenticate").isPresent() || status != 401).isTrue();
    assertThat(response.header("Retry-After").isPresent() || status != 503).isTrue();
  }

  /** A session, or what a session has. */
  private void checkCreated(String method, String body, LocalResponse response) throws Exception {
    assertThat(method).isEqualTo("POST");
    assertThat(response.header("Location")).isPresent();
    if (!response.header("Content-Type").equals(Optional.of(SDP))) {
      return;
    }
    remember(response);
    if (response.body().contains("a=setup:actpass")) {
      return; // An offer.
    }
    SessionDescription offer =
        SdpReader.LENIENT
            .description(
                new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
            .value();
    SessionDescription answer = SessionDescription.parse(response.body());
    LegalAnswer.check(offer, answer, world.direction());
  }

  private void remember(LocalResponse response) {
    sessions.add(response.header("Location").orElseThrow());
    response.header("ETag").ifPresent(tags::add);
    described = response.body();
  }
}
