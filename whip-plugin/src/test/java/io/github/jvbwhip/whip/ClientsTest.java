package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static io.github.jvbwhip.whip.Responses.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeIngest;
import io.github.jvbwhip.core.bridge.IngestMedia;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients send, and what they need from the answer. */
class ClientsTest {
  private WhipServer whip;

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private void start(String changes) throws Exception {
    whip = new WhipServer(changes);
  }

  static List<String> offers() {
    return Samples.OFFERS;
  }

  @ParameterizedTest
  @MethodSource("offers")
  void every_captured_offer_is_answered(String name) throws Exception {
    start("");
    Published session = whip.publish("/whip/room", Samples.offer(name));
    String answer = session.response().body();

    assertThat(session.response().statusCode()).isEqualTo(201);
    assertThat(header(session.response(), "Content-Type")).isEqualTo("application/sdp");
    assertThat(answer).startsWith("v=0\r\n").hasSizeLessThan(8192);
    assertThat(answer.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(answer.split("a=candidate:", 2)[1]).contains(" udp ").contains("typ host");
    List<String> sections = List.of(answer.split("(?m)^m=", -1)).subList(1, sections(answer) + 1);
    assertThat(sections)
        .allSatisfy(
            section ->
                assertThat(section)
                    .contains("a=ice-ufrag:")
                    .contains("a=fingerprint:")
                    .contains("a=setup:")
                    .contains("a=recvonly"));
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
  }

  private static int sections(String answer) {
    return answer.split("(?m)^m=", -1).length - 1;
  }

  @Test
  void obs_gets_201_with_a_relative_path_without_a_query() throws Exception {
    start("");
    Published session = whip.publish("/whip/room/obs?key=1", Samples.offer("obs"));
    assertThat(session.location()).startsWith("/whip/sessions/").doesNotContain("?");
  }

  @Test
  void obs_simulcast_gets_as_many_layers_as_it_offers() throws Exception {
    start("");
    String offer = Samples.offer("obs-simulcast");
    int layers = offer.split("(?m)^a=rid:", -1).length - 1;
    String answer = whip.publish("/whip/room", offer).response().body();

    String line =
        answer.lines().filter(l -> l.startsWith("a=simulcast:recv ")).findFirst().orElseThrow();
    assertThat(line.substring("a=simulcast:recv ".length()).split(";")).hasSize(layers);
    assertThat(
            whip.ingest().request().media().stream()
                .mapToInt(m -> m.encodings().size())
                .max()
                .orElse(0))
        .isEqualTo(layers);
  }

  @Test
  void obs_closes_dtls_and_then_deletes() throws Exception {
    start("");
    Published session = whip.publish("/whip/room", Samples.offer("obs"));
    whip.ingest().end(EndReason.DTLS_CLOSED, "x");
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
  }

  @Test
  void obs_posts_again_at_once_after_a_crash() throws Exception {
    start("");
    whip.publish("/whip/room", Samples.offer("obs"));
    assertThat(whip.post("/whip/room", Samples.offer("obs")).statusCode()).isEqualTo(201);
  }

  @Test
  void obs_follows_307_with_its_query() throws Exception {
    start("redirect { when = always, targets = [ \"http://127.0.0.1:1/whip\" ] }");
    HttpResponse<String> response = whip.post("/whip/room?key=1", Samples.offer("obs"));
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location")).contains("/whip/room?key=1");
  }

  @Test
  void ffmpeg_may_be_passive() throws Exception {
    start("");
    String offer = Samples.offer("ffmpeg").replaceAll("a=setup:\\w+", "a=setup:passive");
    assertThat(whip.publish("/whip/room", offer).response().body()).contains("a=setup:active");
  }

  @Test
  void gstreamer_patches_a_pseudo_section_with_tcp_candidates() throws Exception {
    start("");
    Published session = whip.publish("/whip/room", Samples.offer("gstreamer-simple-whip-client"));
    FakeIngest endpoint = whip.ingest();
    String ufrag = endpoint.request().transport().credentials().ufrag();
    String pwd = endpoint.request().transport().credentials().pwd();
    String fragment =
        String.join(
            "\r\n",
            "a=ice-ufrag:" + ufrag,
            "a=ice-pwd:" + pwd,
            "m=audio 9 RTP/AVP 0",
            "a=mid:audio0",
            "a=candidate:1 1 UDP 2015363327 192.0.2.2 40000 typ host",
            "a=candidate:2 1 TCP 1015021823 192.0.2.2 9 typ host tcptype active",
            "a=candidate:3 1 udp 2015363327 0d3b3b8e-6a5c-4d55-9f2b-5a7d6a3c9d10.local 5 typ host",
            "");

    HttpResponse<String> response =
        whip.patch(session.location(), fragment, "If-Match", session.etag());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    assertThat(endpoint.remoteCandidates()).hasSize(1);
    assertThat(whip.delete(session.location(), "If-Match", session.etag()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whipclientsink_gets_an_absolute_location_after_a_redirect() throws Exception {
    start("");
    assertThat(whip.publish("/whip/room?redirected=1", Samples.rfcOffer()).location())
        .startsWith("http://127.0.0.1:");
  }

  @Test
  void browsers_that_cannot_read_the_tag_trickle_without_it() throws Exception {
    start("");
    Published session = whip.publish("/whip/room", Samples.offer("chromium-whip"));
    FakeIngest endpoint = whip.ingest();
    String fragment =
        Samples.fragment(
            endpoint.request().transport().credentials().ufrag(),
            endpoint.request().transport().credentials().pwd());

    assertThat(whip.patch(session.location(), fragment).statusCode()).isEqualTo(204);
    assertThat(endpoint.restarts()).isEmpty();
  }

  @Test
  void eyevinn_reads_the_methods_and_sends_the_tag_as_etag() throws Exception {
    start("auth.tokens = [ \"t\" ]");
    HttpResponse<String> options =
        whip.http().send("OPTIONS", "/whip/room", "", "Origin", "https://page.example");
    assertThat(header(options, "Access-Control-Allow-Methods")).contains("PATCH");
    assertThat(header(options, "Access-Control-Expose-Headers"))
        .contains("Access-Control-Allow-Methods", "ETag", "Location");

    Published session = whip.publish("/whip/room", Samples.rfcOffer(), "Authorization", "Bearer t");
    String fragment = Samples.fragment("EsAw", "bP+XJMM09aR8AiX1jdukzR6Y");
    for (String tag : List.of(session.etag(), session.etag().replace("\"", ""))) {
      assertThat(whip.patch(session.location(), fragment, "ETag", tag).statusCode()).isEqualTo(204);
    }
    assertProblem(
        whip.patch(session.location(), fragment, "ETag", "\"stale\""),
        ProblemType.PRECONDITION_FAILED);
    assertThat(whip.delete(session.location()).statusCode()).isEqualTo(200);
  }

  @Test
  void chromium_simulcast_has_rids_and_no_ssrcs() throws Exception {
    start("");
    whip.publish("/whip/room", Samples.offer("chromium-whip-simulcast"));
    IngestMedia video =
        whip.ingest().request().media().stream()
            .filter(m -> m.encodings().size() > 1)
            .findFirst()
            .orElseThrow();
    assertThat(video.encodings())
        .allSatisfy(
            e -> {
              assertThat(e.rid()).isPresent();
              assertThat(e.ssrc()).isEmpty();
            });
  }

  @Test
  void stereo_is_echoed() throws Exception {
    start("");
    assertThat(whip.publish("/whip/room", Samples.offer("obs")).response().body())
        .contains("stereo=1");
  }
}
