package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvbwhip.core.bridge.MediaCapabilities;
import io.github.jvbwhip.core.sdp.RtpAttribute.RtpMap;
import io.github.jvbwhip.core.sdp.SessionDescription;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Players get the codecs that are configured, and no others. */
class PlayerCodecsTest {

  /** Those of an m-section, each once, in order; what repeats them left out. */
  private static List<String> codecs(HttpResponse<String> response, int section) throws Exception {
    return SessionDescription.parse(response.body()).media().get(section).all(RtpMap.class).stream()
        .map(RtpMap::encoding)
        .filter(name -> !name.equals("rtx"))
        .distinct()
        .toList();
  }

  @Test
  void an_answer_has_no_others() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ vp9, h264, opus ]")) {
      HttpResponse<String> answer = whep.play("/whep/room");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(codecs(answer, 0)).containsExactly("opus");
      assertThat(codecs(answer, 1)).containsExactly("VP9", "H264");
    }
  }

  @Test
  void an_offer_of_the_server_has_no_others() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ h264 ]")) {
      HttpResponse<String> offer = whep.send("POST", "/whep/room", "");
      assertThat(offer.statusCode()).isEqualTo(201);
      assertThat(codecs(offer, 0)).contains("opus", "red");
      assertThat(codecs(offer, 1)).containsExactly("H264");
    }
  }

  @Test
  void others_may_come_after_them() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ av1, '*' ]".replace('\'', '"'))) {
      assertThat(codecs(whep.play("/whep/room"), 1)).startsWith("AV1").contains("VP8", "H264");
      assertThat(codecs(whep.send("POST", "/whep/room", ""), 1))
          .startsWith("AV1")
          .contains("VP8", "H264");
    }
  }

  @Test
  void a_section_without_one_of_them_is_refused_alone() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ h265 ]")) {
      HttpResponse<String> answer = whep.play("/whep/room");
      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(answer.body()).contains("m=video 0 ");
    }
  }

  @Test
  void who_has_none_of_them_gets_an_offer_of_the_server() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ vp8, opus ]")) {
      String offer = OFFER.replaceAll("(a=rtpmap:\\d+) (opus|VP8)/", "$1 made-up/");
      HttpResponse<String> counter = whep.play("/whep/room", offer);
      assertThat(counter.statusCode()).isEqualTo(406);
      assertThat(codecs(counter, 0)).containsExactly("opus");
      assertThat(codecs(counter, 1)).containsExactly("VP8");
    }
  }

  @Test
  void where_the_bridge_has_none_of_them_nobody_gets_anything() throws Exception {
    try (WhepServer whep = new WhepServer("codecs = [ g722, h265 ]")) {
      whep.bridge.setCapabilities(
          new MediaCapabilities(
              List.of("opus"), List.of("VP8"), true, Set.of(), Set.of(), Set.of(), Set.of(), true));
      assertProblem(whep.play("/whep/room"));
      assertProblem(whep.send("POST", "/whep/room", ""));
      assertThat(whep.bridge.egresses()).isEmpty();
    }
  }

  private static void assertProblem(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("no-common-codec");
  }

  @Test
  void an_unknown_one_is_an_error() {
    assertThatThrownBy(() -> WhepServer.config("codecs = [ h263 ]"))
        .hasMessageStartingWith("videobridge.whep.codecs has to be a list of codecs");
  }
}
