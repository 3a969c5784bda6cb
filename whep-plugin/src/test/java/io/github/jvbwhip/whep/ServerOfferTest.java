package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static io.github.jvbwhip.whep.WhepServer.FRAGMENT;
import static io.github.jvbwhip.whep.WhepServer.OFFER;
import static io.github.jvbwhip.whep.WhepServer.SDP;
import static io.github.jvbwhip.whep.WhepServer.link;
import static io.github.jvbwhip.whep.WhepServer.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.session.SessionEnd;
import io.github.jvbwhip.core.session.SessionEndReason;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** draft-ietf-wish-whep §4.3.2 "Server Sends Counter-Offer", and server offers of old. */
@Timeout(30)
class ServerOfferTest {
  private static final Pattern VALID_UNTIL =
      Pattern.compile("application/sdp; ?valid-until=\"([^\"]+)\"");

  private WhepServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("server-offer-rooms = [ lobby ]");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** §4.3.2: the player's offer cannot work. */
  @ParameterizedTest
  @ValueSource(strings = {"a=sendonly", "a=inactive"})
  void wrong_directions_are_answered_with_a_counter_offer(String direction) throws Exception {
    HttpResponse<String> response =
        server.play("/whep/room", OFFER.replace("a=recvonly", direction));
    assertThatIsCounterOffer(response);
  }

  /** §4.3.2: the player's offer cannot work. */
  @Test
  void no_common_codec_is_answered_with_a_counter_offer() throws Exception {
    String foreign = OFFER.replaceAll("(a=rtpmap:\\d+) [^/\r\n]+/", "$1 made-up/");
    assertThatIsCounterOffer(server.play("/whep/room", foreign));
  }

  /** §4.3.2: "the WHEP endpoint can choose". */
  @Test
  void a_room_can_be_configured_so() throws Exception {
    assertThatIsCounterOffer(server.play("/whep/lobby"));
    assertThat(server.play("/whep/room").statusCode()).isEqualTo(201);
  }

  @Test
  void so_can_the_server() throws Exception {
    server.close();
    server = new WhepServer("offer = server");
    assertThatIsCounterOffer(server.play("/whep/room"));
  }

  private static void assertThatIsCounterOffer(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(406);
    assertThat(location(response)).startsWith("/whep/sessions/");
    SessionDescription.parse(response.body());
    // §4.3.5: sendonly, never inactive or recvonly.
    assertThat(response.body().lines().filter(l -> l.equals("a=sendonly"))).hasSize(2);
    assertThat(response.body()).doesNotContain("a=inactive").doesNotContain("a=recvonly");
    assertThat(response.body()).contains("a=setup:actpass");
  }

  /** §4.3.4 "Error Conditions": what is malformed is not worth an offer. */
  @Test
  void a_malformed_offer_is_only_refused() throws Exception {
    assertThat(server.play("/whep/lobby", "v=0 and nonsense").statusCode()).isEqualTo(400);
    assertThat(server.play("/whep/room", OFFER.replaceAll("a=ice-ufrag:.*\r\n", "")).statusCode())
        .isEqualTo(400);
    assertThat(server.bridge.egresses()).isEmpty();
  }

  /** §4.3.2: valid-until is an HTTP-date; 30 seconds from now. */
  @Test
  void says_how_long_it_is_valid() throws Exception {
    HttpResponse<String> response = server.play("/whep/lobby");
    Matcher type = VALID_UNTIL.matcher(response.headers().firstValue("Content-Type").orElseThrow());
    assertThat(type.matches()).isTrue();
    Instant until =
        ZonedDateTime.parse(type.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    Instant now = server.clock().instant();
    assertThat(Duration.between(now, until))
        .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
  }

  /** §4.3.2: PATCH with the answer is 204, and the session is there. */
  @Test
  void is_completed_by_an_answer() throws Exception {
    HttpResponse<String> offered = server.play("/whep/lobby/camera");
    FakeEgress egress = server.egress();
    assertThat(egress.remote()).isEmpty();

    HttpResponse<String> response = answer(offered, Answers.to(offered.body()));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(egress.remote().orElseThrow().credentials().ufrag()).isEqualTo("play");
    assertThat(egress.remote().orElseThrow().role()).isEqualTo(DtlsRole.ACTIVE);
    assertThat(egress.media()).hasSize(2);
    // From here it is a session like any other.
    assertThat(link(offered, ExtensionLinks.EVENTS)).isPresent();
    HttpResponse<String> trickled =
        server.send(
            "PATCH",
            location(offered),
            "a=candidate:1 1 udp 2122260223 192.0.2.77 61764 typ host\r\n",
            "Content-Type",
            FRAGMENT);
    assertThat(trickled.statusCode()).isEqualTo(204);
    assertThat(server.send("DELETE", location(offered), "").statusCode()).isEqualTo(200);
    assertThat(egress.isClosed()).isTrue();
  }

  /** §4.3.2: "If the SDP is malformed ... an appropriate 4xx"; the offer stands. */
  @Test
  void an_answer_that_cannot_be_used_leaves_the_offer_standing() throws Exception {
    HttpResponse<String> offered = server.play("/whep/lobby");
    String good = Answers.to(offered.body());
    assertThat(answer(offered, "nonsense").statusCode()).isEqualTo(400);
    String audioOnly =
        good.substring(0, good.indexOf("m=video"))
            .replaceAll("a=group:BUNDLE (\\S+).*", "a=group:BUNDLE $1");
    assertThat(answer(offered, audioOnly).statusCode()).isEqualTo(422);
    assertThat(answer(offered, good).statusCode()).isEqualTo(204);
  }

  /** A bridge that does not take the answer. */
  @Test
  void an_answer_that_the_bridge_refuses_is_422() throws Exception {
    HttpResponse<String> offered = server.play("/whep/lobby");
    server.bridge.failNextConnect(
        new BridgeException(BridgeException.Reason.REFUSED, "Not this one."));
    assertThat(answer(offered, Answers.to(offered.body())).statusCode()).isEqualTo(422);
    assertThat(answer(offered, Answers.to(offered.body())).statusCode()).isEqualTo(204);
  }

  @Test
  void there_is_one_answer_only() throws Exception {
    HttpResponse<String> offered = server.play("/whep/lobby");
    answer(offered, Answers.to(offered.body()));
    assertThat(answer(offered, Answers.to(offered.body())).statusCode()).isEqualTo(409);
  }

  @Test
  void candidates_may_come_before_the_answer() throws Exception {
    HttpResponse<String> offered = server.play("/whep/lobby");
    HttpResponse<String> early =
        server.send(
            "PATCH",
            location(offered),
            "a=candidate:1 1 udp 2122260223 192.0.2.77 61764 typ host\r\n",
            "Content-Type",
            FRAGMENT);
    assertThat(early.statusCode()).isEqualTo(204);
    assertThat(server.egress().remoteCandidates()).isEmpty();
    assertThat(answer(offered, Answers.to(offered.body())).statusCode()).isEqualTo(204);
    assertThat(server.egress().remoteCandidates())
        .anySatisfy(candidate -> assertThat(candidate.address()).isEqualTo("192.0.2.77"));
  }

  /** §4.3.2: after valid-until the offer is gone. */
  @Test
  void expires() throws Exception {
    server.close();
    server = new WhepServer("offer = server, offer-time = 1 second");
    HttpResponse<String> offered = server.play("/whep/room");
    FakeEgress egress = server.egress();
    CompletableFuture<SessionEnd> end = new CompletableFuture<>();
    server.plugin.sessions().sessions().get(0).onEnd(end::complete);

    assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(SessionEndReason.OFFER_EXPIRED);

    assertThat(egress.isClosed()).isTrue();
    HttpResponse<String> late = answer(offered, Answers.to(offered.body()));
    assertThat(late.statusCode()).isEqualTo(404);
    assertThat(late.body()).contains("The offer was not answered in time.");
  }

  /** Server offers of earlier drafts: an empty POST, with or without a content type. */
  @ParameterizedTest
  @CsvSource(
      value = {"''", "Content-Type: application/sdp"},
      delimiter = '|')
  void an_empty_post_is_answered_with_201_and_an_offer(String type) throws Exception {
    String response =
        server.raw(
            "POST /whep/room/camera HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (type.isEmpty() ? "" : type + "\r\n")
                + "Content-Length: 0\r\n\r\n");
    assertThat(response).startsWith("HTTP/1.1 201 ");
    assertThat(response).contains("\r\nContent-Type: application/sdp\r\n");
    assertThat(response).contains("\r\nLocation: /whep/sessions/");
    assertThat(response.lines().filter(line -> line.equals("a=sendonly"))).hasSize(2);
    assertThat(server.egress().request().stream()).hasValue(CAMERA);
  }

  @Test
  void an_empty_post_is_completed_by_an_answer_too() throws Exception {
    HttpResponse<String> offered = server.send("POST", "/whep/room", "");
    assertThat(offered.statusCode()).isEqualTo(201);
    assertThat(answer(offered, Answers.to(offered.body())).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "\n%s\0", "%sa=extmap:0 urn:x\r\n"})
  void an_odd_answer_is_taken(String shape) throws Exception {
    HttpResponse<String> offered = server.send("POST", "/whep/room", "");
    String answer = shape.formatted(Answers.to(offered.body()));
    assertThat(answer(offered, answer).statusCode()).isEqualTo(204);
  }

  /** The server's offer can be posted to a WHIP endpoint as it is, and its answer comes back. */
  @Test
  void can_be_chained_into_whip() throws Exception {
    HttpResponse<String> offered = server.send("POST", "/whep/room", "");
    IngestPlan plan =
        Negotiation.planIngest(
            SessionDescription.parse(offered.body()),
            FakeBridge.EVERYTHING,
            NegotiationRules.LENIENT);
    assertThat(plan.media()).hasSize(2);
    LocalTransport ingest =
        new LocalTransport(
            new IceCredentials("whip", "whipwhipwhipwhipwhipwhip"),
            List.of(),
            List.of(FakeBridge.FINGERPRINT),
            Optional.of(DtlsRole.PASSIVE));
    String answer = Negotiation.answer(plan, ingest, 1).write();

    assertThat(answer(offered, answer).statusCode()).isEqualTo(204);
    assertThat(server.egress().remote().orElseThrow().credentials().ufrag()).isEqualTo("whip");
  }

  private HttpResponse<String> answer(HttpResponse<?> offered, String answer) throws Exception {
    return server.send("PATCH", location(offered), answer, "Content-Type", SDP);
  }
}
