package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static io.github.jvbwhip.whip.Responses.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jvbwhip.core.bridge.Availability;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9725 §4.2 and §4.4 to §4.6: what is asked of a WHIP endpoint. */
class EndpointTest {
  private WhipServer whip;

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private void start(String changes) throws Exception {
    whip = new WhipServer(changes);
  }

  private static String offerWithout(String line) {
    String offer = Samples.rfcOffer();
    String changed = offer.replaceAll("(?m)^" + line + ".*\\R", "");
    assertThat(changed).isNotEqualTo(offer);
    return changed;
  }

  private static String offerWith(String from, String to) {
    String changed = Samples.rfcOffer().replace(from, to);
    assertThat(changed).isNotEqualTo(Samples.rfcOffer());
    return changed;
  }

  @Test
  void section_4_2_answers_201_with_location_etag_and_the_answer() throws Exception {
    start("");
    Published session = whip.publish();
    HttpResponse<String> response = session.response();

    assertThat(header(response, "Content-Type")).isEqualTo("application/sdp");
    assertThat(session.location()).matches("/whip/sessions/[A-Za-z0-9_-]{32}");
    assertThat(session.etag()).matches("\"[^\"]+\"");
    assertThat(response.body())
        .startsWith("v=0\r\n")
        .contains("a=recvonly\r\n")
        .contains("a=setup:passive\r\n")
        .contains("a=ice-ufrag:" + whip.ingest().localTransport().credentials().ufrag())
        .doesNotContain("a=sendonly");
    assertThat(header(response, "Accept-Patch")).isEqualTo("application/trickle-ice-sdpfrag");
  }

  @Test
  void section_4_2_opens_what_the_url_names() throws Exception {
    start("");
    whip.publish("/whip/room", Samples.rfcOffer());
    whip.publish("/whip/room/cam.2_~-", Samples.rfcOffer());

    assertThat(whip.bridge().ingests())
        .extracting(i -> i.request().room(), i -> i.request().stream())
        .containsExactly(
            tuple(new RoomName("room"), StreamName.DEFAULT),
            tuple(new RoomName("room"), new StreamName("cam.2_~-")));
    IngestRequest request = whip.bridge().ingests().get(0).request();
    assertThat(request.transport().credentials().ufrag()).isEqualTo("EsAw");
    assertThat(request.media()).hasSize(2);
  }

  @Test
  void section_4_2_takes_sendrecv_as_well() throws Exception {
    start("strict = false");
    assertThat(whip.post("/whip/r", offerWith("a=sendonly", "a=sendrecv")).statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"recvonly", "inactive"})
  void section_4_2_refuses_other_directions(String direction) throws Exception {
    start("");
    assertProblem(
        whip.post("/whip/r", offerWith("a=sendonly", "a=" + direction)),
        ProblemType.WRONG_DIRECTION);
    assertThat(whip.bridge().ingests()).isEmpty();
  }

  private List<String> videoCodecs(String path) throws Exception {
    whip.publish(path, Samples.offer("chromium-whip"));
    List<FakeIngest> ingests = whip.bridge().ingests();
    IngestRequest request = ingests.get(ingests.size() - 1).request();
    return request.media().get(1).codecs().stream()
        .map(codec -> codec.codec().name())
        .distinct()
        .toList();
  }

  @Test
  void the_configuration_and_the_query_say_which_codecs_are_taken() throws Exception {
    start("codecs = [ vp9, h264, opus ]");
    assertThat(videoCodecs("/whip/a")).containsExactly("VP9", "H264");
    assertThat(videoCodecs("/whip/b?codecs=H264")).containsExactly("H264");
    assertThat(videoCodecs("/whip/c?codecs=h264,*")).containsExactly("H264", "VP9");
    assertThat(videoCodecs("/whip/d?codecs=opus")).containsExactly("VP9", "H264");
    assertThat(videoCodecs("/whip/f?codecs=h264,,opus,%20")).containsExactly("H264");
    assertThat(videoCodecs("/whip/g?codecs=")).containsExactly("VP9", "H264");
    assertThat(videoCodecs("/whip/h?codecs=h264&codecs=vp9")).containsExactly("H264", "VP9");
    assertProblem(
        whip.post("/whip/e?codecs=av1", Samples.offer("chromium-whip")),
        ProblemType.NO_COMMON_CODEC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h263", "h264,x", "*,h264", "h264;opus", "rtx", "h264&codecs=h263"})
  void codecs_that_nobody_knows_are_refused(String codecs) throws Exception {
    start("");
    assertProblem(
        whip.post("/whip/r?codecs=" + codecs, Samples.offer("chromium-whip")),
        ProblemType.MALFORMED_REQUEST);
    assertThat(whip.bridge().ingests()).isEmpty();
  }

  @Test
  void section_4_2_refuses_other_content_types() throws Exception {
    start("");
    for (String type : List.of("application/json", "text/plain", "application/sdp2")) {
      HttpResponse<String> response =
          whip.http().send("POST", "/whip/r", Samples.rfcOffer(), "Content-Type", type);
      assertProblem(response, ProblemType.UNSUPPORTED_MEDIA_TYPE);
      assertThat(header(response, "Accept-Post")).isEqualTo("application/sdp");
    }
    assertProblem(
        whip.http().send("POST", "/whip/r", Samples.rfcOffer()),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "v=0", "v=0\r\nm=audio\r\n", "{\"sdp\":\"v=0\"}", "\u0000\u0001"})
  void section_4_2_refuses_malformed_offers(String body) throws Exception {
    start("");
    HttpResponse<String> response = whip.post("/whip/r", body);

    assertThat(response.statusCode()).isIn(400, 422);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @Test
  void section_4_2_refuses_offers_without_ice_or_fingerprint() throws Exception {
    start("");
    for (String line : List.of("a=ice-ufrag", "a=ice-pwd", "a=fingerprint")) {
      assertProblem(whip.post("/whip/r", offerWithout(line)), ProblemType.MALFORMED_SDP);
    }
  }

  @Test
  void section_4_2_refuses_bodies_over_the_limit() throws Exception {
    start("body-limit = 2 KiB");
    String padded = Samples.rfcOffer() + "a=x-padding:" + "x".repeat(2048) + "\r\n";
    assertProblem(whip.post("/whip/r", padded), ProblemType.BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({"256 KiB, 201", "100 KiB, 201", "99 KiB, 413"})
  void section_4_2_the_limit_is_the_configured_one(String limit, int status) throws Exception {
    start("body-limit = " + limit);
    String padding = "a=x-padding:" + "x".repeat(1000) + "\r\n";
    String offer = Samples.rfcOffer() + padding.repeat(99);
    assertThat(offer.length()).isBetween(99 * 1024, 100 * 1024);
    assertThat(whip.post("/whip/r", offer).statusCode()).isEqualTo(status);
  }

  @Test
  void section_4_2_the_limit_may_be_higher_than_the_default() throws Exception {
    start("body-limit = 2 MiB, sdp-limits.line-length = 2000000");
    String offer = Samples.rfcOffer() + "a=x-padding:" + "x".repeat(1_500_000) + "\r\n";
    assertThat(whip.post("/whip/r", offer).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"sections = 1", "section-lines = 9", "candidates = 1", "line-length = 20"})
  void section_4_2_each_limit_of_sdp_is_the_configured_one(String limit) throws Exception {
    start("strict = true, sdp-limits." + limit);
    String candidate = "a=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\n";
    String detail =
        assertProblem(
            whip.post("/whip/r", Samples.rfcOffer() + candidate + candidate),
            ProblemType.MALFORMED_SDP);
    assertThat(detail).contains("than " + limit.replaceAll("\\D+", "") + " ");
  }

  @Test
  void section_4_1_answers_get_and_head_without_content() throws Exception {
    start("");
    for (String method : List.of("GET", "HEAD")) {
      HttpResponse<String> response = whip.http().send(method, "/whip/r", "");
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void answers_405_to_what_an_endpoint_does_not_have() throws Exception {
    start("");
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      HttpResponse<String> response = whip.http().send(method, "/whip/r", "");
      assertProblem(response, ProblemType.METHOD_NOT_ALLOWED);
      assertThat(header(response, "Allow")).isEqualTo("OPTIONS, GET, HEAD, POST");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/whip",
        "/whip/",
        "/whip/sessions",
        "/whip/a%20b",
        "/whip/a/b/c",
        "/whip/room/caf%C3%A9",
        "/whip/sessions/x/y"
      })
  void answers_404_to_names_that_cannot_be(String path) throws Exception {
    start("");
    assertProblem(whip.post(path, Samples.rfcOffer()), ProblemType.NOT_FOUND);
  }

  @Test
  void answers_404_to_names_that_are_too_long() throws Exception {
    start("");
    assertThat(whip.post("/whip/" + "a".repeat(128), Samples.rfcOffer()).statusCode())
        .isEqualTo(201);
    assertProblem(whip.post("/whip/" + "a".repeat(129), Samples.rfcOffer()), ProblemType.NOT_FOUND);
  }

  @Test
  void section_4_2_answers_options_with_accept_post() throws Exception {
    start("");
    HttpResponse<String> response = whip.http().send("OPTIONS", "/whip/r", "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Accept-Post")).isEqualTo("application/sdp");
    assertThat(header(response, "Allow")).isEqualTo("OPTIONS, GET, HEAD, POST");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void section_4_4_2_refuses_two_media_of_one_kind_when_strict() throws Exception {
    start("strict = true");
    assertProblem(whip.post("/whip/r", twoVideos()), ProblemType.TWO_MEDIA_OF_ONE_KIND);
  }

  /** A camera and a screen. */
  @Test
  void section_4_4_2_takes_two_media_of_one_kind_for_tracks_of_one_stream() throws Exception {
    start("");
    assertThat(whip.post("/whip/r", twoVideos()).statusCode()).isEqualTo(201);
    assertThat(whip.ingest().request().media())
        .extracting(IngestMedia::kind)
        .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.VIDEO);
  }

  private static String twoVideos() {
    return Samples.rfcOffer()
        .replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 0 1 2")
        .concat(
            String.join(
                "\r\n",
                "m=video 9 UDP/TLS/RTP/SAVPF 98",
                "c=IN IP4 0.0.0.0",
                "a=mid:2",
                "a=sendonly",
                "a=msid:d46fb922-d52a-4e9c-aa87-444eadc1521b second",
                "a=rtcp-mux",
                "a=rtcp-mux-only",
                "a=bundle-only",
                "a=rtpmap:98 VP8/90000",
                ""));
  }

  @Test
  void section_4_4_2_refuses_several_media_streams_when_strict() throws Exception {
    start("strict = true");
    assertProblem(whip.post("/whip/r", severalStreams()), ProblemType.SEVERAL_STREAMS);
  }

  /** A microphone and a screen: there is one of each, so that it is clear what plays together. */
  @Test
  void section_4_4_2_takes_several_media_streams_for_one() throws Exception {
    start("");
    assertThat(whip.post("/whip/r", severalStreams()).statusCode()).isEqualTo(201);
    assertThat(whip.ingest().request().media()).hasSize(2);
  }

  private static String severalStreams() {
    return offerWith(
        "a=msid:d46fb922-d52a-4e9c-aa87-444eadc1521b 3956b460", "a=msid:another-stream 3956b460");
  }

  @Test
  void section_4_4_3_refuses_data_channels_when_strict() throws Exception {
    start("strict = true");
    assertProblem(
        whip.post("/whip/r", Samples.offer("chromium-whip-data-channel")),
        ProblemType.SECTION_REFUSED);
  }

  @Test
  void a_data_channel_is_refused_alone_and_the_rest_is_published() throws Exception {
    start("");
    String answer =
        whip.publish("/whip/r", Samples.offer("chromium-whip-data-channel")).response().body();
    assertThat(answer)
        .contains("a=group:BUNDLE 0 1\r\n")
        .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n");
    assertThat(whip.ingest().request().media()).hasSize(2);
  }

  @Test
  void section_4_4_3_accepts_as_a_whole_or_not_at_all() throws Exception {
    start("");
    String detail =
        assertProblem(
            whip.post("/whip/r", offerWith("VP8/90000", "THEORA/90000")),
            ProblemType.NO_COMMON_CODEC);

    assertThat(detail).isNotBlank();
    assertThat(whip.bridge().ingests()).isEmpty();
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"actpass, passive", "active, passive", "passive, active"})
  void section_4_4_4_answers_each_setup(String offered, String answered) throws Exception {
    start("");
    String offer = Samples.rfcOffer().replace("a=setup:actpass", "a=setup:" + offered);
    Published session = whip.publish("/whip/r", offer);
    assertThat(session.response().body()).contains("a=setup:" + answered + "\r\n");
  }

  @Test
  void section_4_4_4_refuses_passive_when_strict() throws Exception {
    start("strict = true");
    assertProblem(
        whip.post("/whip/r", offerWith("a=setup:actpass", "a=setup:passive")),
        ProblemType.UNSUPPORTED_SETUP);
  }

  @Test
  void the_standards_own_example_is_taken_when_strict() throws Exception {
    start("strict = true");
    assertThat(whip.publish().response().statusCode()).isEqualTo(201);
  }

  @Test
  void section_4_5_answers_503_with_retry_after_when_draining_or_overloaded() throws Exception {
    start("");
    whip.bridge().setAvailability(Availability.draining(Optional.of(Duration.ofMillis(1500))));
    HttpResponse<String> draining = whip.post("/whip/r", Samples.rfcOffer());
    assertProblem(draining, ProblemType.DRAINING);
    assertThat(header(draining, "Retry-After")).isEqualTo("2");

    whip.bridge().setAvailability(Availability.overloaded(Optional.empty(), "Test."));
    HttpResponse<String> overloaded = whip.post("/whip/r", Samples.rfcOffer());
    assertProblem(overloaded, ProblemType.OVERLOADED);
    assertThat(header(overloaded, "Retry-After")).matches("[1-9][0-9]*");
  }

  @Test
  void section_4_5_answers_503_beyond_the_limits() throws Exception {
    start("max-sessions = 3, max-sessions-per-room = 2");
    whip.publish("/whip/a/1", Samples.rfcOffer());
    whip.publish("/whip/a/2", Samples.rfcOffer());
    HttpResponse<String> room = whip.post("/whip/a/3", Samples.rfcOffer());
    assertProblem(room, ProblemType.TOO_MANY_SESSIONS);
    assertThat(header(room, "Retry-After")).isNotEmpty();

    Published last = whip.publish("/whip/b", Samples.rfcOffer());
    assertProblem(whip.post("/whip/c", Samples.rfcOffer()), ProblemType.TOO_MANY_SESSIONS);
    whip.delete(last.location());
    assertThat(whip.post("/whip/c", Samples.rfcOffer()).statusCode()).isEqualTo(201);
  }

  @Test
  void what_the_bridge_says_becomes_one_status_and_leaves_nothing() throws Exception {
    start("");
    for (BridgeException.Reason reason : BridgeException.Reason.values()) {
      whip.bridge().failNextOpen(new BridgeException(reason, "The bridge said no."));
      HttpResponse<String> response = whip.post("/whip/r", Samples.rfcOffer());
      assertThat(response.statusCode()).isBetween(400, 599);
      assertThat(response.body()).contains("The bridge said no.");
      assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @Test
  void what_ends_while_it_is_opened_is_to_be_tried_again() throws Exception {
    start("");
    whip.bridge()
        .failNextOpen(new BridgeException(BridgeException.Reason.ENDED, "The room ended."));
    HttpResponse<String> response = whip.post("/whip/r", Samples.rfcOffer());

    assertThat(response.statusCode()).as("no 404: the URL is that of an endpoint").isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(whip.plugin().sessions().size()).isZero();
  }

  @Test
  void section_4_5_redirects_with_307_and_keeps_path_and_query() throws Exception {
    start("redirect { when = always, targets = [ \"https://b.example.org/whip/\" ] }");
    HttpResponse<String> response = whip.post("/whip/room/cam?key=a%2Fb&x", Samples.rfcOffer());

    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .isEqualTo("https://b.example.org/whip/room/cam?key=a%2Fb&x&redirected=1");
    assertThat(whip.bridge().ingests()).isEmpty();
  }

  @Test
  void section_4_5_redirects_nobody_twice_and_then_answers_absolutely() throws Exception {
    start("redirect { when = always, targets = [ \"https://b.example.org/whip\" ] }");
    Published session = whip.publish("/whip/room?redirected=1", Samples.rfcOffer());

    assertThat(session.location())
        .startsWith("http://127.0.0.1:" + whip.http().port() + "/whip/sessions/");
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
  }

  @Test
  void section_4_5_redirects_by_load() throws Exception {
    start("redirect { when = overloaded, targets = [ \"https://b.example.org/whip\" ] }");
    assertThat(whip.post("/whip/a", Samples.rfcOffer()).statusCode()).isEqualTo(201);
    whip.bridge().setAvailability(Availability.overloaded(Optional.empty(), "Test."));
    assertThat(whip.post("/whip/b", Samples.rfcOffer()).statusCode()).isEqualTo(307);
  }

  @Test
  void section_4_5_redirects_to_the_server_that_the_bridge_names() throws Exception {
    start("");
    BridgeException elsewhere =
        BridgeException.elsewhere(
            "It is there.", Duration.ofSeconds(5), Optional.of("https://b.example.org/whip/"));
    whip.bridge().failNextOpen(elsewhere);
    HttpResponse<String> response = whip.post("/whip/room/cam?x=1", Samples.rfcOffer());
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .isEqualTo("https://b.example.org/whip/room/cam?x=1&redirected=1");
    assertThat(whip.plugin().sessions().size()).isZero();

    whip.bridge().failNextOpen(elsewhere);
    HttpResponse<String> second = whip.post("/whip/room/cam?redirected=1", Samples.rfcOffer());
    assertProblem(second, ProblemType.OVERLOADED);
    assertThat(header(second, "Retry-After")).isEqualTo("5");
  }

  @Test
  void section_4_5_sends_all_of_a_room_to_one_server_and_uses_all_servers() throws Exception {
    start(
        "redirect { when = always, targets = [ \"https://b.example.org\","
            + " \"https://c.example.org\" ] }");
    Set<String> hosts = new TreeSet<>();
    for (int i = 0; i < 16; i++) {
      String first = header(whip.post("/whip/room" + i + "/a", Samples.rfcOffer()), "Location");
      String second = header(whip.post("/whip/room" + i + "/b", Samples.rfcOffer()), "Location");
      assertThat(URI.create(first).getHost()).isEqualTo(URI.create(second).getHost());
      hosts.add(URI.create(first).getHost());
    }
    assertThat(hosts).containsExactly("b.example.org", "c.example.org");
  }

  @Test
  void location_is_absolute_when_configured_so() throws Exception {
    start("location = absolute");
    assertThat(whip.publish().location())
        .startsWith("http://127.0.0.1:" + whip.http().port() + "/whip/sessions/");
  }

  @Test
  void location_has_the_public_url_where_there_is_one() throws Exception {
    start("location = absolute, public-url = \"https://media.example.org\"");
    assertThat(whip.publish().location()).startsWith("https://media.example.org/whip/sessions/");
  }

  @Test
  void location_has_the_path_of_the_public_url() throws Exception {
    start("public-url = \"https://example.org/media\"");
    assertThat(whip.publish().location()).startsWith("/media/whip/sessions/");
  }

  @Test
  void section_4_6_tells_ice_servers_one_field_each() throws Exception {
    start(
        """
        ice-servers = [
          { urls = [ "stun:stun.example.net" ] }
          { urls = [ "turn:turn.example.net?transport=udp" ], secret = s, time-to-live = 1 hour }
        ]
        """);
    List<String> links = whip.publish().response().headers().allValues("Link");

    assertThat(links).hasSize(2);
    assertThat(links.get(0)).isEqualTo("<stun:stun.example.net>; rel=\"ice-server\"");
    assertThat(links.get(1))
        .startsWith("<turn:turn.example.net?transport=udp>; rel=\"ice-server\"; username=\"1767")
        .contains("credential-type=\"password\"");
  }

  @Test
  void section_4_6_tells_ice_servers_on_options_and_not_on_a_preflight() throws Exception {
    start("ice-servers = [ { urls = [ \"stun:s\" ] } ], auth.tokens = [ \"t\" ]");
    assertThat(
            whip.http()
                .send("OPTIONS", "/whip/r", "", "Authorization", "Bearer t")
                .headers()
                .allValues("Link"))
        .hasSize(1);
    assertThat(whip.http().send("OPTIONS", "/whip/r", "").headers().allValues("Link")).isEmpty();
    assertThat(
            whip.http()
                .send(
                    "OPTIONS",
                    "/whip/r",
                    "",
                    "Origin",
                    "https://page.example",
                    "Access-Control-Request-Method",
                    "POST")
                .headers()
                .allValues("Link"))
        .isEmpty();
  }

  @Test
  void section_4_6_keeps_ice_servers_from_options_when_configured_so() throws Exception {
    start("ice-servers = [ { urls = [ \"stun:s\" ] } ], ice-servers-on-options = false");
    assertThat(whip.http().send("OPTIONS", "/whip/r", "").headers().allValues("Link")).isEmpty();
    assertThat(whip.publish().response().headers().allValues("Link")).hasSize(1);
  }

  @Test
  void section_4_7_wants_a_bearer_token() throws Exception {
    start("auth.tokens = [ \"secret-token\" ]");
    HttpResponse<String> none = whip.post("/whip/r", Samples.rfcOffer());
    assertProblem(none, ProblemType.UNAUTHORIZED);
    assertThat(header(none, "WWW-Authenticate")).startsWith("Bearer");
    assertProblem(
        whip.post("/whip/r", Samples.rfcOffer(), "Authorization", "Bearer other"),
        ProblemType.UNAUTHORIZED);
    assertThat(
            whip.post("/whip/r", Samples.rfcOffer(), "Authorization", "bearer secret-token")
                .statusCode())
        .isEqualTo(201);
  }
}
