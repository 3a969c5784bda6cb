package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static io.github.jvbwhip.whep.WhepServer.FRAGMENT;
import static io.github.jvbwhip.whep.WhepServer.OFFER;
import static io.github.jvbwhip.whep.WhepServer.ROOM;
import static io.github.jvbwhip.whep.WhepServer.SDP;
import static io.github.jvbwhip.whep.WhepServer.link;
import static io.github.jvbwhip.whep.WhepServer.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.Codec;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.core.threads.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** draft-ietf-wish-whep, the endpoint and the session of a player that offers. */
@Timeout(30)
class WhepEndpointTest {
  private WhepServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("");
  }

  private void restart(String config) throws Exception {
    server.close();
    server = new WhepServer(config);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** §4.2 "WHEP Endpoint URL Discoverability". */
  @ParameterizedTest
  @CsvSource({"HEAD,/whep/room", "GET,/whep/room", "HEAD,/whep/room/camera", "GET,/whep/room/"})
  void can_be_discovered(String method, String path) throws Exception {
    HttpResponse<String> response = server.send(method, path, "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(SDP);
    assertThat(response.body()).isEmpty();
  }

  /** A wall of pictures, as Chromium offers it: 82 kB. */
  @Test
  void answers_an_offer_of_16_sections_with_as_many_as_are_configured() throws Exception {
    String offer = WhepServer.resource("/large/chromium-whep-16.sdp");
    HttpResponse<String> response = server.play("/whep/room", offer);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(server.egress().request().media()).hasSize(1 + 8);
    assertThat(response.body().lines().filter(line -> line.startsWith("m=video 0 "))).hasSize(7);

    restart("max-sections-per-kind = 15");
    response = server.play("/whep/room", offer);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(server.egress().request().media()).hasSize(16);
  }

  @Test
  void takes_as_large_an_offer_as_is_configured() throws Exception {
    String line = "a=x-padding:" + "x".repeat(3000) + "\r\n";
    String offer = OFFER + line.repeat(100);
    assertThat(server.play("/whep/room", offer).statusCode()).isEqualTo(413);
    restart("body-limit = 1 MiB");
    HttpResponse<String> response = server.play("/whep/room", offer);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF%s", "\r\n%s", "%s\0", "%sa=extmap:0 urn:x\r\na=rtcp-fb:96\r\n"})
  void answers_an_odd_offer_unless_strict(String shape) throws Exception {
    assertThat(server.play("/whep/room", shape.formatted(OFFER)).statusCode()).isEqualTo(201);
    assertThat(server.egress().request().media()).hasSize(2);
    restart("strict = true");
    assertThat(server.play("/whep/room", OFFER).statusCode()).isEqualTo(201);
    assertThat(server.play("/whep/room", shape.formatted(OFFER)).statusCode()).isEqualTo(400);
  }

  @Test
  void refuses_a_data_channel_alone_unless_strict() throws Exception {
    String offer =
        OFFER.replace("BUNDLE 0 1", "BUNDLE 0 1 2")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";
    HttpResponse<String> response = server.play("/whep/room", offer);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body())
        .contains("a=group:BUNDLE 0 1\r\n")
        .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n");
    restart("strict = true");
    assertThat(server.play("/whep/room", offer).statusCode()).isEqualTo(406);
  }

  /** §4.3.1 "Server Accepts Client Offer", §4.3.5 "Media Direction Attributes". */
  @Test
  void answers_an_offer_with_201() throws Exception {
    HttpResponse<String> response = server.play("/whep/room/camera");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(SDP);
    assertThat(location(response)).matches("/whep/sessions/[A-Za-z0-9_-]{32}");
    SessionDescription.parse(response.body());
    assertThat(response.body().lines().filter(l -> l.equals("a=sendonly"))).hasSize(2);
    assertThat(response.body()).doesNotContain("recvonly").doesNotContain("sendrecv");
    FakeEgress egress = server.egress();
    assertThat(egress.request().room()).isEqualTo(ROOM);
    assertThat(egress.request().stream()).hasValue(CAMERA);
    assertThat(egress.request().media()).hasSize(2);
    egress
        .sources()
        .forEach(source -> assertThat(response.body()).contains("a=ssrc:" + source.ssrc() + " "));
  }

  /** §4.5.1 "HTTP PATCH Request Usage": the initial entity tag. */
  @Test
  void names_the_ice_session_in_a_strong_entity_tag() throws Exception {
    HttpResponse<String> response = server.play("/whep/room");
    assertThat(response.headers().firstValue("ETag").orElseThrow()).matches("\"[^\"]+\"");
    assertThat(response.headers().firstValue("Accept-Patch")).hasValue(FRAGMENT);
  }

  /** A URL that names a room alone follows its stage. */
  @Test
  void a_room_alone_is_its_stage() throws Exception {
    server.play("/whep/room");
    assertThat(server.egress().request().stream()).isEmpty();
  }

  /** §4.10 "Protocol Extensions"; events document: one Link for each extension. */
  @Test
  void advertises_its_extensions() throws Exception {
    HttpResponse<String> response = server.play("/whep/room");
    String session = location(response);
    assertThat(link(response, "urn:ietf:params:whep:ext:core:server-sent-events"))
        .hasValue(session + "/sse");
    assertThat(link(response, "urn:ietf:params:whep:ext:core:layer")).hasValue(session + "/layer");
    assertThat(response.headers().allValues("Link"))
        .anyMatch(
            link ->
                link.contains(
                    "; events=\"active,inactive,layers,viewercount,reconnect,scte35,"
                        + "speaker,stats,unsupported\""));
  }

  @Test
  void extensions_can_be_switched_off() throws Exception {
    restart("events.enabled = false");
    HttpResponse<String> response = server.play("/whep/room");
    assertThat(response.headers().allValues("Link")).isEmpty();
    assertThat(server.send("POST", location(response) + "/sse", "").statusCode()).isEqualTo(404);
  }

  /** §4.8 "STUN/TURN Server Configuration". */
  @Test
  void tells_the_ice_servers() throws Exception {
    restart("ice-servers = [ { urls = [ \"stun:stun.example.org\" ] } ]");
    assertThat(link(server.play("/whep/room"), "ice-server")).hasValue("stun:stun.example.org");
  }

  /** §4.3.4 "Error Conditions". */
  @ParameterizedTest
  @CsvSource(
      value = {"text/plain|415", "application/json|415", "application/sdp|400"},
      delimiter = '|')
  void refuses_what_is_no_description(String type, int status) throws Exception {
    HttpResponse<String> response =
        server.send("POST", "/whep/room", "no session description", "Content-Type", type);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(server.bridge.egresses()).isEmpty();
  }

  /** §4.3.6 "Codec Recommendations": what is published comes first, everything else stays. */
  @Test
  void puts_the_published_codec_first() throws Exception {
    Codec vp9 = new Codec(MediaKind.VIDEO, "VP9", 90000, 1, Map.of("profile-id", "0"));
    server.publish(CAMERA, WhepServer.OPUS, vp9);
    String answer = server.play("/whep/room").body();
    String video = answer.substring(answer.indexOf("m=video"));
    assertThat(video.indexOf("a=rtpmap:98 VP9/90000"))
        .isPositive()
        .isLessThan(video.indexOf("a=rtpmap:96 VP8/90000"));
  }

  /** §4.3.8 "Session Management": players wait by default. */
  @Test
  void a_player_may_come_before_the_publisher() throws Exception {
    assertThat(server.play("/whep/nobody/here").statusCode()).isEqualTo(201);
  }

  /** §4.3.8 "Session Management": 409 with Retry-After. */
  @Test
  void or_is_sent_away_with_409() throws Exception {
    restart("when-unpublished = conflict, retry-after = 7 seconds");
    HttpResponse<String> response = server.play("/whep/room");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("7");

    server.publish(CAMERA);
    assertThat(server.play("/whep/room").statusCode()).isEqualTo(201);
    assertThat(server.play("/whep/room/camera").statusCode()).isEqualTo(201);
    assertThat(server.play("/whep/room/other").statusCode()).isEqualTo(409);
    assertThat(server.play("/whep/other").statusCode()).isEqualTo(409);
  }

  /** §4.7 "Load Balancing and Redirections". */
  @ParameterizedTest
  @ValueSource(strings = {"DRAINING", "OVERLOADED"})
  void a_bridge_that_takes_no_sessions_is_503(String state) throws Exception {
    server.bridge.setAvailability(
        new Availability(
            Availability.State.valueOf(state), Optional.of(Duration.ofSeconds(9)), ""));
    HttpResponse<String> response = server.play("/whep/room");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("9");
  }

  /** §4.7 "Load Balancing and Redirections". */
  @ParameterizedTest
  @ValueSource(strings = {"DRAINING", "OVERLOADED"})
  void a_bridge_that_takes_no_sessions_sends_players_to_one_that_does(String state)
      throws Exception {
    server.bridge.setOtherServer("https://b.example.org");
    server.bridge.setAvailability(
        new Availability(Availability.State.valueOf(state), Optional.empty(), ""));
    HttpResponse<String> response = server.play("/whep/room/camera?token=x");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(location(response))
        .isEqualTo("https://b.example.org/whep/room/camera?token=x&redirected=1");
    assertThat(server.play("/whep/room/camera?redirected=1").statusCode()).isEqualTo(503);
  }

  /** §4.7 "Load Balancing and Redirections". */
  @Test
  void redirects_with_307() throws Exception {
    restart("redirect { when = always, targets = [ \"https://b.example.org/whep\" ] }");
    HttpResponse<String> response = server.play("/whep/room/camera?token=x");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(location(response))
        .startsWith("https://b.example.org/whep/room/camera?token=x&redirected=");
  }

  @Test
  void what_is_published_is_seen_when_the_room_is_here() throws Exception {
    restart("when-unpublished = conflict");
    CompletableFuture<Void> near = new CompletableFuture<>();
    server.bridge.answerNextApproach(near);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.play("/whep/room").statusCode();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Await.until("somebody waits for it", () -> near.getNumberOfDependents() > 0);
    server.publish(CAMERA);
    near.complete(null);
    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(201);
  }

  @Test
  void asks_nobody_about_what_is_no_offer() throws Exception {
    server.bridge.answerNextApproach(
        CompletableFuture.failedFuture(new AssertionError("was asked")));
    assertThat(server.play("/whep/room/camera", "no offer").statusCode()).isEqualTo(400);
  }

  @Test
  void is_sent_to_another_bridge_before_the_offer_is_looked_at() throws Exception {
    server.bridge.answerNextApproach(
        CompletableFuture.failedFuture(
            BridgeException.elsewhere(
                "There.", Duration.ofSeconds(5), Optional.of("https://b.example.org/whep"))));
    HttpResponse<String> response =
        server.play("/whep/room/camera", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(location(response)).isEqualTo("https://b.example.org/whep/room/camera?redirected=1");
  }

  /** A failing bridge leaves no session behind. */
  @Test
  void nothing_stays_of_a_session_that_the_bridge_refused() throws Exception {
    server.bridge.failNextOpen(
        new BridgeException(BridgeException.Reason.REFUSED, "The bridge does not want it."));
    HttpResponse<String> response = server.play("/whep/room");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("The bridge does not want it.");
    assertThat(server.plugin.sessions().size()).isZero();
  }

  /** Neither of a player's offer nor of the server's. */
  @Test
  void nothing_stays_of_a_session_that_the_bridge_opens_too_late() throws Exception {
    restart("request-timeout = 300 ms");
    for (String offer : List.of(WhepServer.OFFER, "")) {
      server.bridge.holdOpenings();
      HttpResponse<String> response = server.play("/whep/room", offer);
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
      server.bridge.releaseOpenings();

      assertThat(server.bridge.egresses()).isEmpty();
      assertThat(server.plugin.sessions().size()).isZero();
    }
  }

  /** §4.9.1 "Bearer Token Authentication". */
  @Test
  void wants_a_token_where_tokens_are_configured() throws Exception {
    restart("auth.tokens = [ \"secret\" ]");
    HttpResponse<String> refused = server.play("/whep/room");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    HttpResponse<String> taken =
        server.send(
            "POST", "/whep/room", OFFER, "Content-Type", SDP, "Authorization", "Bearer secret");
    assertThat(taken.statusCode()).isEqualTo(201);
  }

  /** §4.4: "The WHEP endpoints MUST support OPTIONS requests for CORS". */
  @Test
  void options_tells_what_can_be_posted() throws Exception {
    HttpResponse<String> response =
        server.send("OPTIONS", "/whep/room", "", "Origin", "https://player.example.org");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Accept-Post")).hasValue(SDP);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/whep/sessions,404",
    "GET,/whep/,404",
    "GET,/whep/a/b/c,404",
    "GET,/whep/a%20b,404",
    "PUT,/whep/room,405",
    "DELETE,/whep/room,405"
  })
  void other_paths_and_methods_are_refused(String method, String path, int status)
      throws Exception {
    assertThat(server.send(method, path, "").statusCode()).isEqualTo(status);
  }

  /** §4.4 "Playback Session Termination". */
  @Test
  void delete_frees_the_endpoint() throws Exception {
    String session = location(server.play("/whep/room"));
    FakeEgress egress = server.egress();
    assertThat(server.send("DELETE", session, "").statusCode()).isEqualTo(200);
    assertThat(egress.isClosed()).isTrue();
    // A second one, when the peer is gone already, is no error.
    assertThat(server.send("DELETE", session, "").statusCode()).isEqualTo(200);
    assertThat(server.send("GET", session, "").statusCode()).isEqualTo(404);
  }

  /** §4.1 "HTTP Usage": a session has no representation. */
  @Test
  void the_session_itself_has_no_content() throws Exception {
    HttpResponse<String> response = server.send("GET", location(server.play("/whep/room")), "");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  /** §4.5.2 "Trickle ICE"; known players trickle without If-Match. */
  @Test
  void takes_trickled_candidates_without_a_precondition() throws Exception {
    String session = location(server.play("/whep/room"));
    int before = server.egress().remoteCandidates().size();
    HttpResponse<String> response =
        server.send("PATCH", session, trickle(""), "Content-Type", FRAGMENT);
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(server.egress().remoteCandidates()).hasSize(before + 1);
    assertThat(server.egress().endOfCandidates()).isTrue();
  }

  /** §4.5.1: 428 without, 412 with another entity tag, in strict mode. */
  @Test
  void asks_for_the_entity_tag_when_strict() throws Exception {
    restart("strict = true");
    String offer = OFFER.replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=rtcp-mux-only\r\n");
    HttpResponse<String> played = server.play("/whep/room", offer.replace("a=recvonly\r\n", MSID));
    assertThat(played.statusCode()).as(played.body()).isEqualTo(201);
    String session = location(played);
    String tag = played.headers().firstValue("ETag").orElseThrow();
    assertThat(patch(session).statusCode()).isEqualTo(428);
    assertThat(patch(session, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
    assertThat(patch(session, "If-Match", tag).statusCode()).isEqualTo(204);
  }

  private static final String MSID = "a=msid:- track\r\na=recvonly\r\n";

  private HttpResponse<String> patch(String session, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type");
    all.add(FRAGMENT);
    return server.send("PATCH", session, trickle(""), all.toArray(String[]::new));
  }

  /** §4.5.3 "ICE Restarts". */
  @Test
  void restarts_ice() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    String tag = played.headers().firstValue("ETag").orElseThrow();
    String credentials = "a=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n";
    HttpResponse<String> response =
        server.send(
            "PATCH",
            location(played),
            trickle(credentials),
            "Content-Type",
            FRAGMENT,
            "If-Match",
            "*");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(FRAGMENT);
    assertThat(response.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    String ufrag = server.egress().localTransport().credentials().ufrag();
    assertThat(response.body()).contains("a=ice-ufrag:" + ufrag);
  }

  /** §4.5.3: a restart that cannot be done keeps the session. */
  @Test
  void a_refused_restart_keeps_the_session() throws Exception {
    String session = location(server.play("/whep/room"));
    server.bridge.failNextRestart(
        new BridgeException(BridgeException.Reason.RESTART_REFUSED, "Not now."));
    String credentials = "a=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n";
    HttpResponse<String> response =
        server.send("PATCH", session, trickle(credentials), "Content-Type", FRAGMENT);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(server.send("GET", session, "").statusCode()).isEqualTo(204);
  }

  /** §4.5.1: other content types, and what is no fragment, are refused. */
  @ParameterizedTest
  @CsvSource(
      value = {"text/plain|415", "application/trickle-ice-sdpfrag|400", "application/sdp|409"},
      delimiter = '|')
  void refuses_other_patches(String type, int status) throws Exception {
    String session = location(server.play("/whep/room"));
    assertThat(server.send("PATCH", session, "not a fragment", "Content-Type", type).statusCode())
        .isEqualTo(status);
  }

  /** A stream name may be anything that a URL may have unreserved. */
  @Test
  void names_keep_their_case_and_signs() throws Exception {
    server.play("/whep/room/A.b_c~d-9");
    assertThat(server.egress().request().stream()).hasValue(new StreamName("A.b_c~d-9"));
  }

  private static String trickle(String credentials) {
    return "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n"
        + credentials
        + "a=candidate:1 1 udp 2122260223 192.0.2.77 61764 typ host\r\n"
        + "a=end-of-candidates\r\n";
  }
}
