package io.github.jvbwhip.whip;

import static io.github.jvbwhip.whip.Responses.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.whip.WhipServer.Published;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Offers and fragments that browsers would take: taken here too, and strictly refused. */
class OddBodiesTest {
  private WhipServer whip;

  @AfterEach
  void stop() throws Exception {
    whip.close();
  }

  private void start(String changes) throws Exception {
    whip = new WhipServer(changes);
  }

  static List<String> offers() {
    return Samples.oddOffers();
  }

  static List<String> fragments() {
    return Samples.oddFragments();
  }

  @ParameterizedTest
  @MethodSource("offers")
  void an_odd_offer_is_published(String name) throws Exception {
    start("");
    Published session = whip.publish("/whip/room", Samples.oddBody(name));
    assertThat(session.response().body()).contains("m=audio 9 ", "m=video 9 ");
    assertThat(whip.ingest().request().media()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("offers")
  void an_odd_offer_is_refused_when_strict(String name) throws Exception {
    start("strict = true");
    HttpResponse<String> response = whip.post("/whip/room", Samples.oddBody(name));
    assertThat(response.statusCode()).as(response.body()).isIn(400, 422);
    assertThat(whip.bridge().ingests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void an_odd_fragment_is_trickled(String name) throws Exception {
    start("");
    String fragment = Samples.oddBody(name);
    Published session = whip.publish("/whip/room", offerFor(fragment));
    HttpResponse<String> response = whip.patch(session.location(), fragment);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    assertThat(whip.ingest().remoteCandidates()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void an_odd_fragment_is_refused_when_strict(String name) throws Exception {
    start("strict = true");
    Published session = whip.publish();
    assertProblem(
        whip.patch(session.location(), Samples.oddBody(name), "If-Match", session.etag()),
        ProblemType.MALFORMED_FRAGMENT);
  }

  /** The fragment's credentials are those of the offer: else it would restart ICE. */
  private static String offerFor(String fragment) {
    String ufrag = fragment.contains("a-b_c#d=") ? "a-b_c#d=" : "abcd";
    return Samples.rfcOffer().replace("a=ice-ufrag:EsAw", "a=ice-ufrag:" + ufrag);
  }

  @Test
  void what_was_left_out_is_told_where_it_is_missed() throws Exception {
    start("");
    String offer = Samples.rfcOffer().replaceAll("a=fingerprint:.*", "a=fingerprint:hush");
    String detail = assertProblem(whip.post("/whip/room", offer), ProblemType.MALFORMED_SDP);
    assertThat(detail)
        .contains("Add a=fingerprint", "the fingerprint is missing")
        .doesNotContain("hush");
  }
}
