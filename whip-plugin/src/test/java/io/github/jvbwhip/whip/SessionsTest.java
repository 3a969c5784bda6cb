package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static io.github.jvbwhip.whip.Responses.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9725 §4.2 and §4.3: what is asked of a WHIP session. */
class SessionsTest {
  private static final String PWD = "passwordpasswordpassword";
  private WhipServer whip;

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private Published start(String changes) throws Exception {
    whip = new WhipServer(changes);
    return whip.publish();
  }

  private static String same() {
    return Samples.fragment("EsAw", "bP+XJMM09aR8AiX1jdukzR6Y");
  }

  private static String restart(String ufrag) {
    return Samples.fragment(ufrag, PWD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void section_4_3_2_takes_the_standards_trickle_example(boolean strict) throws Exception {
    Published session = start("strict = " + strict);
    HttpResponse<String> response =
        whip.patch(
            session.location(),
            Samples.example("rfc9725-trickle.sdpfrag"),
            "If-Match",
            session.etag());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "ETag")).isEmpty();
    FakeIngest endpoint = whip.ingest();
    assertThat(endpoint.remoteCandidates())
        .extracting(IceCandidate::protocol)
        .containsExactly(IceCandidate.Protocol.UDP, IceCandidate.Protocol.UDP);
    assertThat(endpoint.endOfCandidates()).isTrue();
    assertThat(endpoint.restarts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void section_4_3_3_takes_the_standards_restart_example(boolean strict) throws Exception {
    Published session = start("strict = " + strict);
    HttpResponse<String> response =
        whip.patch(
            session.location(),
            Samples.example("rfc9725-restart-request.sdpfrag"),
            "If-Match",
            "\"*\"");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/trickle-ice-sdpfrag");
    assertThat(header(response, "ETag")).matches("\"[^\"]+\"").isNotEqualTo(session.etag());
    FakeIngest endpoint = whip.ingest();
    assertThat(endpoint.restarts()).hasSize(1);
    assertThat(endpoint.restarts().get(0).remote().ufrag()).isEqualTo("ysXw");
    assertThat(response.body())
        .contains("a=ice-ufrag:" + endpoint.localTransport().credentials().ufrag() + "\r\n")
        .contains("a=ice-pwd:" + endpoint.localTransport().credentials().pwd() + "\r\n")
        .contains("a=candidate:")
        .contains("a=mid:0\r\n");
    assertThat(session.response().body())
        .doesNotContain(endpoint.localTransport().credentials().ufrag());
  }

  @Test
  void section_4_3_3_restarts_with_a_bare_asterisk() throws Exception {
    Published session = start("strict = true");
    assertThat(whip.patch(session.location(), restart("new1"), "If-Match", "*").statusCode())
        .isEqualTo(200);
  }

  @Test
  void section_4_3_1_uses_the_tag_of_the_latest_restart() throws Exception {
    Published session = start("strict = true");
    HttpResponse<String> restarted =
        whip.patch(session.location(), restart("new1"), "If-Match", "*");
    String tag = header(restarted, "ETag");

    assertProblem(
        whip.patch(session.location(), same(), "If-Match", session.etag()),
        ProblemType.PRECONDITION_FAILED);
    assertThat(whip.patch(session.location(), restart("new1"), "If-Match", tag).statusCode())
        .isEqualTo(204);
  }

  @Test
  void section_4_3_1_answers_428_without_a_tag_when_strict() throws Exception {
    Published session = start("strict = true");
    assertProblem(whip.patch(session.location(), same()), ProblemType.PRECONDITION_REQUIRED);
    assertProblem(
        whip.patch(session.location(), restart("new1")), ProblemType.PRECONDITION_REQUIRED);
    assertProblem(
        whip.patch(session.location(), same(), "ETag", session.etag()),
        ProblemType.PRECONDITION_REQUIRED);
    assertThat(whip.ingest().restarts()).isEmpty();
  }

  @Test
  void section_4_3_1_answers_412_to_another_tag() throws Exception {
    Published session = start("");
    for (String tag : List.of("\"other\"", "W/" + session.etag(), "\"a\", \"b\"", "\"\"")) {
      assertProblem(
          whip.patch(session.location(), same(), "If-Match", tag), ProblemType.PRECONDITION_FAILED);
    }
    assertThat(
            whip.patch(session.location(), same(), "If-Match", "\"a\", " + session.etag())
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void answers_400_to_a_tag_that_is_none() throws Exception {
    Published session = start("strict = true");
    assertProblem(
        whip.patch(session.location(), same(), "If-Match", "\"open"),
        ProblemType.MALFORMED_REQUEST);
    assertProblem(
        whip.patch(session.location(), same(), "If-Match", "bare"), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void section_4_3_1_answers_415_and_400() throws Exception {
    Published session = start("");
    HttpResponse<String> type =
        whip.http().send("PATCH", session.location(), same(), "Content-Type", "application/sdp");
    assertProblem(type, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    assertThat(header(type, "Accept-Patch")).isEqualTo("application/trickle-ice-sdpfrag");

    for (String body : List.of("garbage", "m=audio\r\n", "v=0\r\n")) {
      assertProblem(
          whip.patch(session.location(), body, "If-Match", session.etag()),
          ProblemType.MALFORMED_FRAGMENT);
    }
    assertProblem(
        whip.patch(session.location(), "a=ice-ufrag:new1\r\n", "If-Match", "*"),
        ProblemType.MALFORMED_FRAGMENT);
    assertThat(whip.ingest().restarts()).isEmpty();
  }

  @Test
  void section_4_3_3_keeps_the_session_when_a_restart_is_refused() throws Exception {
    Published session = start("");
    whip.bridge()
        .failNextRestart(
            new BridgeException(BridgeException.Reason.RESTART_REFUSED, "This bridge cannot."));

    assertProblem(
        whip.patch(session.location(), restart("new1"), "If-Match", "*"),
        ProblemType.RESTART_REFUSED);
    assertThat(whip.patch(session.location(), same(), "If-Match", session.etag()).statusCode())
        .isEqualTo(204);
    assertThat(whip.patch(session.location(), restart("new2"), "If-Match", "*").statusCode())
        .isEqualTo(200);
  }

  @Test
  void section_4_3_3_survives_requests_that_arrive_out_of_order() throws Exception {
    Published session = start("");
    whip.patch(session.location(), restart("new1"), "If-Match", "*");
    whip.patch(session.location(), restart("new2"), "If-Match", "*");

    assertProblem(
        whip.patch(session.location(), restart("new1"), "If-Match", "*"),
        ProblemType.PRECONDITION_FAILED);
    assertProblem(whip.patch(session.location(), same()), ProblemType.PRECONDITION_FAILED);
    assertThat(whip.ingest().restarts()).hasSize(2);
  }

  @Test
  void section_4_3_1_survives_overlapping_requests() throws Exception {
    Published session = start("");
    List<CompletableFuture<Integer>> requests =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            i % 6 == 0
                                ? status(session, restart("r" + i + "xx"), "*")
                                : status(session, same(), session.etag())))
            .toList();
    List<Integer> statuses = requests.stream().map(CompletableFuture::join).toList();

    assertThat(statuses).allMatch(s -> s == 200 || s == 204 || s == 412);
    assertThat(statuses).filteredOn(s -> s == 200).hasSize(4);
    assertThat(whip.ingest().restarts()).hasSize(4);
    assertThat(whip.ingest().isLive()).isTrue();
  }

  private int status(Published session, String fragment, String ifMatch) {
    try {
      return whip.patch(session.location(), fragment, "If-Match", ifMatch).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void section_4_2_answers_delete_with_200_and_frees_the_endpoint() throws Exception {
    Published session = start("strict = true");
    FakeIngest endpoint = whip.ingest();

    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
    assertThat(endpoint.isClosed()).isTrue();
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @Test
  void section_4_3_1_ignores_if_match_on_delete() throws Exception {
    Published session = start("strict = true");
    assertThat(whip.delete(session.location(), "If-Match", "\"stale\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void delete_is_idempotent_for_a_while_and_404_later() throws Exception {
    Published session = start("tombstone-time = 2 minutes");
    whip.delete(session.location());
    whip.clock().advance(Duration.ofSeconds(119));
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);

    whip.clock().advance(Duration.ofSeconds(1));
    assertProblem(whip.delete(session.location()), ProblemType.NOT_FOUND);
  }

  @Test
  void an_ended_session_says_why() throws Exception {
    Published session = start("");
    whip.delete(session.location());

    HttpResponse<String> patch = whip.patch(session.location(), same(), "If-Match", "*");
    assertThat(assertProblem(patch, ProblemType.SESSION_ENDED)).startsWith("The client ended it.");
    assertProblem(whip.http().send("GET", session.location(), ""), ProblemType.SESSION_ENDED);
  }

  @Test
  void answers_404_to_sessions_that_never_were() throws Exception {
    start("");
    for (String secret : List.of("x", "A".repeat(32), "A".repeat(33), "..%2e")) {
      for (String method : List.of("GET", "DELETE")) {
        HttpResponse<String> response = whip.http().send(method, "/whip/sessions/" + secret, "");
        assertThat(response.statusCode()).isIn(400, 404);
      }
    }
    assertProblem(whip.patch("/whip/sessions/" + "A".repeat(32), same()), ProblemType.NOT_FOUND);
    assertThat(whip.ingest().isLive()).isTrue();
  }

  @Test
  void section_4_1_answers_get_and_head_without_content() throws Exception {
    Published session = start("");
    for (String method : List.of("GET", "HEAD")) {
      HttpResponse<String> response = whip.http().send(method, session.location(), "");
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void answers_405_to_what_a_session_does_not_have() throws Exception {
    Published session = start("");
    for (String method : List.of("POST", "PUT")) {
      HttpResponse<String> response = whip.http().send(method, session.location(), "");
      assertProblem(response, ProblemType.METHOD_NOT_ALLOWED);
      assertThat(header(response, "Allow")).isEqualTo("OPTIONS, GET, HEAD, PATCH, DELETE");
    }
  }

  @Test
  void answers_options_with_accept_patch() throws Exception {
    Published session = start("");
    HttpResponse<String> response = whip.http().send("OPTIONS", session.location(), "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Accept-Patch")).isEqualTo("application/trickle-ice-sdpfrag");
    assertThat(header(response, "Accept-Post")).isEmpty();
  }

  @Test
  void section_4_7_wants_the_token_on_the_session_too_when_strict() throws Exception {
    whip = new WhipServer("strict = true, auth.tokens = [ \"t\" ]");
    Published session = whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer t");

    assertProblem(whip.delete(session.location()), ProblemType.UNAUTHORIZED);
    assertProblem(
        whip.patch(session.location(), same(), "If-Match", session.etag()),
        ProblemType.UNAUTHORIZED);
    assertThat(whip.delete(session.location(), "Authorization", "Bearer t").statusCode())
        .isEqualTo(200);
  }
}
