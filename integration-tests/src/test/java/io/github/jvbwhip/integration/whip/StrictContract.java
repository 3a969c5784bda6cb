package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9725 to the letter, with tokens, no replacing of publishers, and a second server. */
abstract class StrictContract extends WhipContract {
  private static final String TOKEN = "a-token";
  private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + TOKEN);

  /** Where new sessions go when the server under test has no room for them. */
  @Order(1)
  @RegisterExtension
  static final RunningServer ELSEWHERE =
      new RunningServer(
          () -> EmbeddedServer.start(Map.of("videobridge.whip.auth.tokens", List.of(TOKEN))));

  static Map<String, ?> settings() {
    return Map.of(
        "videobridge.whip.strict",
        true,
        "videobridge.whip.auth.tokens",
        List.of(TOKEN, "another-token"),
        "videobridge.whip.on-conflict",
        "reject",
        "videobridge.whip.location",
        "absolute",
        "videobridge.whip.max-sessions",
        2,
        "videobridge.whip.redirect.when",
        "overloaded",
        "videobridge.whip.redirect.targets",
        List.of(ELSEWHERE.get().uri().resolve("whip").toString()));
  }

  @Override
  Map<String, String> credentials() {
    return BEARER;
  }

  @Test
  void section_4_2_the_standards_own_offer_is_taken_and_the_location_absolute() {
    Reply reply = created(endpoint("main"), rfcOffer());
    assertThat(reply.header("Location").orElseThrow())
        .startsWith(server().uri().resolve("whip/sessions/").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "a=setup:actpass, a=setup:passive, UNSUPPORTED_SETUP",
    "a=setup:actpass, a=x-setup:actpass, MALFORMED_SDP",
    "a=msid:, a=x-msid:, MISSING_STREAM",
    "a=rtcp-mux, a=x-mux, NO_RTCP_MUX",
    "a=extmap-allow-mixed, a=ice-lite, UNSUPPORTED_ICE",
  })
  void section_4_4_what_clients_must_not_do_is_refused(
      String from, String to, ProblemType problem) {
    assertProblem(post(endpoint("main"), changed(rfcOffer(), from, to)), problem);
  }

  @Test
  void section_4_3_1_a_patch_needs_its_precondition() {
    Reply reply = created(endpoint("main"), rfcOffer());
    URI session = reply.location().orElseThrow();
    String tag = reply.header("ETag").orElseThrow();
    String trickle = sample("/examples/rfc9725-trickle.sdpfrag");
    String restart = sample("/examples/rfc9725-restart-request.sdpfrag");

    assertProblem(
        HttpSignalling.patch(session, trickle, BEARER), ProblemType.PRECONDITION_REQUIRED);
    assertProblem(
        HttpSignalling.patch(session, restart, BEARER), ProblemType.PRECONDITION_REQUIRED);
    assertProblem(
        HttpSignalling.patch(session, trickle, with("ETag", tag)),
        ProblemType.PRECONDITION_REQUIRED);
    assertProblem(
        HttpSignalling.patch(session, trickle, with("If-Match", "\"other\"")),
        ProblemType.PRECONDITION_FAILED);
    assertThat(HttpSignalling.patch(session, trickle, with("If-Match", tag)).status())
        .isEqualTo(204);
  }

  private static Map<String, String> with(String name, String value) {
    return Map.of("Authorization", BEARER.get("Authorization"), name, value);
  }

  @Test
  void section_4_7_1_endpoint_and_session_want_a_token() {
    Reply none = HttpSignalling.post(endpoint("main"), rfcOffer(), Map.of());
    assertProblem(none, ProblemType.UNAUTHORIZED);
    assertThat(none.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
    assertProblem(
        HttpSignalling.post(endpoint("main"), rfcOffer(), Map.of("Authorization", "Bearer x")),
        ProblemType.UNAUTHORIZED);

    URI session = created(endpoint("main"), rfcOffer()).location().orElseThrow();
    assertProblem(HttpSignalling.delete(session, Map.of()), ProblemType.UNAUTHORIZED);
    assertThat(HttpSignalling.delete(session, BEARER).status()).isEqualTo(200);
  }

  @Test
  void section_4_2_a_live_stream_is_not_taken_over() {
    URI live = created(endpoint("main"), rfcOffer()).location().orElseThrow();

    assertProblem(post(endpoint("main"), rfcOffer()), ProblemType.STREAM_IN_USE);
    assertThat(HttpSignalling.send("GET", live, null, null, BEARER).status()).isEqualTo(204);
  }

  @Test
  void section_4_5_a_full_server_sends_on_and_query_and_authorization_survive() throws Exception {
    created(endpoint("one"), rfcOffer());
    created(endpoint("two"), rfcOffer());
    URI third = URI.create(endpoint("three") + "?key=a%2Fb&x");

    HttpResponse<String> told = postWithoutFollowing(third);
    assertThat(told.statusCode()).isEqualTo(307);
    URI target = URI.create(told.headers().firstValue("Location").orElseThrow());
    assertThat(target.getAuthority()).isEqualTo(ELSEWHERE.get().uri().getAuthority());
    assertThat(target.getPath()).isEqualTo("/whip/" + room() + "/three");
    assertThat(target.getRawQuery()).isEqualTo("key=a%2Fb&x&redirected=1");

    Reply followed = created(third, rfcOffer());
    assertThat(followed.uri()).isEqualTo(target);
    assertThat(followed.header("Location").orElseThrow())
        .startsWith(ELSEWHERE.get().uri().resolve("whip/sessions/").toString());
  }

  @Test
  void section_4_5_who_was_sent_here_is_not_sent_on() {
    created(endpoint("one"), rfcOffer());
    created(endpoint("two"), rfcOffer());
    Reply refused = post(URI.create(endpoint("three") + "?redirected=1"), rfcOffer());

    assertProblem(refused, ProblemType.TOO_MANY_SESSIONS);
    assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9]\\d*");
  }

  private static HttpResponse<String> postWithoutFollowing(URI uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(SOON)
            .header("Content-Type", HttpSignalling.SDP)
            .header("Authorization", BEARER.get("Authorization"))
            .POST(BodyPublishers.ofString(rfcOffer()))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
