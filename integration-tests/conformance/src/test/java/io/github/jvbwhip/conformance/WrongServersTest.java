package io.github.jvbwhip.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.conformance.FakeServer.Answer;
import io.github.jvbwhip.conformance.FakeServer.Behaviour;
import io.github.jvbwhip.conformance.Result.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The checks can fail: servers with one fault each, and servers that are nothing but faults. */
class WrongServersTest {
  private static final String SESSION = "/session/aGVsbG8gd29ybGQ";
  private static final String ANSWER =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 1 IN IP4 127.0.0.1",
          "s=-",
          "t=0 0",
          "a=group:BUNDLE 0 1",
          "m=audio 9 UDP/TLS/RTP/SAVPF 111",
          "a=mid:0",
          "a=ice-ufrag:abcd",
          "a=ice-pwd:abcdefghijklmnopqrstuv",
          "a=fingerprint:sha-256 " + String.join(":", Collections.nCopies(32, "AB")),
          "a=setup:passive",
          "a=candidate:1 1 udp 1 192.0.2.1 9 typ host",
          "a=recvonly",
          "a=rtcp-mux",
          "a=rtcp-mux-only",
          "m=video 9 UDP/TLS/RTP/SAVPF 96",
          "a=mid:1",
          "a=recvonly",
          "a=rtcp-mux",
          "a=rtcp-mux-only",
          "");

  /** A server of good answers to all that is asked in these tests. */
  private static Answer good(String method, String path) {
    return switch (method) {
      case "POST" ->
          Answer.of(
                  201,
                  "Location",
                  SESSION,
                  "ETag",
                  "\"1\"",
                  "Content-Type",
                  "application/sdp",
                  "Access-Control-Allow-Origin",
                  "*",
                  "Access-Control-Expose-Headers",
                  "Location, ETag")
              .withBody(ANSWER);
      case "OPTIONS" ->
          Answer.of(
              204,
              "Accept-Post",
              "application/sdp",
              "Access-Control-Allow-Origin",
              "*",
              "Access-Control-Allow-Methods",
              "POST, PATCH, DELETE",
              "Access-Control-Allow-Headers",
              "content-type, authorization, if-match");
      case "PUT" -> Answer.of(405, "Allow", "POST");
      default -> Answer.of(204);
    };
  }

  @Test
  void a_good_answer_passes() throws Exception {
    Map<String, Status> seen =
        statuses(
            WrongServersTest::good,
            "whip-endpoint-get",
            "whip-post-created",
            "whip-post-location",
            "whip-post-type",
            "whip-answer",
            "whip-delete-if-match",
            "whip-trickle-no",
            "whip-etag-created",
            "whip-cors-p",
            "whip-cors-anonymous",
            "whip-cors-session",
            "whip-cors-exposed",
            "whip-options",
            "whip-http");
    assertThat(seen).hasSizeGreaterThan(25);
    assertThat(seen.values()).containsOnly(Status.PASS);
  }

  @Test
  void two_hundred_is_not_201() throws Exception {
    Behaviour wrong = post(answer -> new Answer(200, answer.headers(), answer.body()));
    assertFails(wrong, "whip-post-created", "whip-post-type", "whip-post-location");
  }

  @Test
  void a_missing_location_is_noticed() throws Exception {
    assertFails(without("Location"), "whip-post-location", "whip-session-get", "whip-delete");
  }

  @Test
  void another_content_type_is_noticed() throws Exception {
    assertFails(with("Content-Type", "text/plain"), "whip-post-type");
  }

  @Test
  void redirects_that_turn_post_into_get_are_noticed() throws Exception {
    Behaviour wrong = post(answer -> Answer.of(302, "Location", "/elsewhere"));
    assertFails(wrong, "whip-post-redirect");
  }

  @Test
  void a_server_that_accepts_anything_is_noticed() throws Exception {
    assertFails(
        WrongServersTest::good,
        "whip-post-other-type",
        "whip-post-malformed",
        "whip-offer-recvonly",
        "whip-patch-other-type",
        "whip-patch-malformed",
        "whip-if-match-other",
        "whip-if-match-weak",
        "whip-delete-removes",
        "whip-delete-get-after",
        "whip-session-url-random",
        "whip-cors-error");
  }

  @Test
  void content_where_none_belongs_is_noticed() throws Exception {
    Behaviour wrong =
        (method, path) ->
            method.equals("GET") || method.equals("PATCH")
                ? Answer.of(200, "ETag", "\"1\"").withBody("x")
                : good(method, path);
    assertFails(wrong, "whip-endpoint-get", "whip-session-get", "whip-trickle-no-content");
  }

  @Test
  void entity_tags_that_are_weak_or_out_of_place_are_noticed() throws Exception {
    assertFails(with("ETag", "W/\"1\""), "whip-etag-created");
    assertFails(
        (method, path) ->
            method.equals("PATCH") ? Answer.of(204, "ETag", "\"1\"") : good(method, path),
        "whip-trickle-no-etag");
  }

  @Test
  void a_delete_that_wants_an_entity_tag_is_noticed() throws Exception {
    assertFails(
        (method, path) -> method.equals("DELETE") ? Answer.of(412) : good(method, path),
        "whip-delete",
        "whip-delete-if-match",
        "whip-delete-frees");
  }

  @Test
  void missing_cors_is_noticed() throws Exception {
    assertFails(
        (method, path) -> method.equals("OPTIONS") ? Answer.of(405) : good(method, path),
        "whip-cors-preflight",
        "whip-cors-anonymous",
        "whip-cors-session-preflight",
        "whip-options-accept-post");
    assertFails(without("Access-Control-Allow-Origin"), "whip-cors-post");
    assertFails(without("Access-Control-Expose-Headers"), "whip-cors-exposed");
  }

  @Test
  void answers_that_are_wrong_are_noticed() throws Exception {
    assertFails(answer("a=recvonly", "a=sendonly"), "whip-answer-direction");
    assertFails(answer("BUNDLE 0 1", "BUNDLE 0"), "whip-answer-bundle");
    assertFails(answer("a=mid:1", "a=mid:video"), "whip-answer-mids");
    assertFails(answer("SAVPF 96", "SAVPF 120"), "whip-answer-formats");
    assertFails(answer("a=rtcp-mux\r\n", ""), "whip-answer-rtcp-mux");
    assertFails(answer("a=candidate", "a=x-candidate"), "whip-answer-candidates");
    assertFails(answer("abcdefghijklmnopqrstuv", "short"), "whip-answer-ice");
    assertFails(answer("a=fingerprint", "a=x-fingerprint"), "whip-answer-fingerprint");
    assertFails(answer("passive", "actpass"), "whip-answer-setup");
    assertFails(answer("a=mid:1", "a=mid:1\r\na=extmap:7 urn:example:x"), "whip-answer-extensions");
    assertFails(
        post(answer -> answer.withBody(ANSWER.substring(0, ANSWER.indexOf("m=video")))),
        "whip-answer-sections");
  }

  @Test
  void links_that_are_wrong_are_noticed() throws Exception {
    assertFails(with("Link", "<https://example.org>; rel=\"ice-server\""), "whip-ice-servers");
    assertFails(
        with("Link", "<turn:example.org>; rel=\"ice-server\"; username=\"u\""),
        "whip-turn-credentials");
    assertFails(
        with(
            "Link",
            "</x>; rel=\"urn:ietf:params:whip:ext:x\", </y>; rel=\"urn:ietf:params:whip:ext:x\""),
        "whip-extensions");
  }

  @Test
  void what_strictness_wants_is_tolerated_without() throws Exception {
    Behaviour silent = answer("a=rtcp-mux-only\r\n", "");
    assertThat(statuses(silent, "whip-answer-rtcp-mux-only").values())
        .containsExactly(Status.SKIPPED);
    assertThat(run(silent, true, "whip-answer-rtcp-mux-only"))
        .allMatch(result -> result.status() == Status.FAIL);
    assertThat(statuses(WrongServersTest::good, "whip-if-match-missing").values())
        .containsExactly(Status.SKIPPED);
    assertThat(run(WrongServersTest::good, true, "whip-if-match-missing"))
        .allMatch(result -> result.status() == Status.FAIL);
  }

  @Test
  void a_server_that_always_fails_passes_nothing_it_should_not() throws Exception {
    List<Result> results = run((method, path) -> Answer.of(500), false, "whip-");
    assertThat(results)
        .filteredOn(r -> r.status() == Status.PASS)
        .extracting(r -> r.requirement().id())
        .containsExactlyInAnyOrder(
            "whip-post-redirect", "whip-options-preflight-ice", "whip-http-head");
    assertThat(results).filteredOn(r -> r.fails(Level.MUST)).hasSizeGreaterThan(60);
  }

  @Test
  void a_server_that_hangs_costs_one_time_out_per_check() throws Exception {
    long start = System.nanoTime();
    List<Result> results =
        run((method, path) -> Answer.of(0), false, Duration.ofSeconds(1), "whip-delete");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(results).hasSize(5).allMatch(result -> result.status() == Status.FAIL);
    assertThat(results).allMatch(result -> result.detail().contains("within 1 s"));
    assertThat(took).isLessThan(Duration.ofSeconds(3L * results.size()));
  }

  // Wrong servers

  private static Behaviour post(Function<Answer, Answer> change) {
    return (method, path) ->
        method.equals("POST") ? change.apply(good(method, path)) : good(method, path);
  }

  private static Behaviour answer(String good, String wrong) {
    assertThat(ANSWER).contains(good);
    return post(answer -> answer.withBody(ANSWER.replace(good, wrong)));
  }

  private static Behaviour with(String name, String value) {
    return post(
        answer -> {
          Map<String, String> headers = new HashMap<>(answer.headers());
          headers.put(name, value);
          return new Answer(answer.status(), headers, answer.body());
        });
  }

  private static Behaviour without(String name) {
    return post(
        answer -> {
          Map<String, String> headers = new HashMap<>(answer.headers());
          headers.remove(name);
          return new Answer(answer.status(), headers, answer.body());
        });
  }

  // Running

  private static void assertFails(Behaviour behaviour, String... ids) throws Exception {
    Map<String, Status> seen = statuses(behaviour, ids);
    for (String id : ids) {
      assertThat(seen).as(id).containsEntry(id, Status.FAIL);
    }
  }

  private static Map<String, Status> statuses(Behaviour behaviour, String... prefixes)
      throws Exception {
    return run(behaviour, false, prefixes).stream()
        .collect(Collectors.toMap(r -> r.requirement().id(), Result::status));
  }

  private static List<Result> run(Behaviour behaviour, boolean strict, String... prefixes)
      throws Exception {
    return run(behaviour, strict, Duration.ofSeconds(15), prefixes);
  }

  private static List<Result> run(
      Behaviour behaviour, boolean strict, Duration timeout, String... prefixes) throws Exception {
    try (FakeServer server = new FakeServer(behaviour)) {
      Target target =
          new Target(
              Optional.of(server.uri("/whip")),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              strict,
              timeout);
      return ConformanceSuite.run(
          target,
          requirement -> Arrays.stream(prefixes).anyMatch(requirement.id()::startsWith),
          result -> {});
    }
  }
}
