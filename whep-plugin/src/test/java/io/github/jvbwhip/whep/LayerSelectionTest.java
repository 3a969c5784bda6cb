package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static io.github.jvbwhip.whep.WhepServer.OFFER;
import static io.github.jvbwhip.whep.WhepServer.layer;
import static io.github.jvbwhip.whep.WhepServer.link;
import static io.github.jvbwhip.whep.WhepServer.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.LayerSelection;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WHEP events document, "Video Layer Selection extension". */
@Timeout(30)
class LayerSelectionTest {
  private WhepServer server;
  private String layers;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("");
    server
        .publish(CAMERA)
        .setLayers(
            List.of(
                layer("h", 1280, 720, 1_000_000),
                layer("m", 640, 360, 400_000),
                layer("l", 320, 180, 100_000)));
    layers = link(server.play("/whep/room"), ExtensionLinks.LAYER).orElseThrow();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void chooses_an_encoding_by_the_index_of_the_m_line() throws Exception {
    HttpResponse<String> response = select("{\"mediaId\":\"1\",\"rid\":\"m\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(server.egress().selection("1").rid()).hasValue("m");
  }

  /** "mediaId: (default: first video m-line)". */
  @Test
  void without_media_id_it_is_the_first_video() throws Exception {
    assertThat(select("{\"rid\":\"l\"}").statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("1").rid()).hasValue("l");
  }

  /** The index counts m-lines, whatever their mids are. */
  @Test
  void the_index_is_not_the_mid() throws Exception {
    String named = OFFER.replace("a=mid:0", "a=mid:snd").replace("a=mid:1", "a=mid:pic");
    named = named.replace("a=group:BUNDLE 0 1", "a=group:BUNDLE snd pic");
    layers = link(server.play("/whep/room", named), ExtensionLinks.LAYER).orElseThrow();
    assertThat(select("{\"mediaId\":\"1\",\"rid\":\"m\"}").statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("pic").rid()).hasValue("m");
    // What browsers call the m-section is understood as well.
    assertThat(select("{\"mediaId\":\"pic\",\"rid\":\"l\"}").statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("pic").rid()).hasValue("l");
  }

  /** {@code @eyevinn/webrtc-player} offers video first. */
  @Test
  void the_index_is_that_of_the_offer() throws Exception {
    int audio = OFFER.indexOf("m=audio");
    int video = OFFER.indexOf("m=video");
    String swapped =
        OFFER.substring(0, audio) + OFFER.substring(video) + OFFER.substring(audio, video);
    layers = link(server.play("/whep/room", swapped), ExtensionLinks.LAYER).orElseThrow();
    assertThat(select("{\"mediaId\":\"0\",\"rid\":\"m\"}").statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("1").rid()).hasValue("m");
  }

  @Test
  void takes_all_that_can_be_wished_for() throws Exception {
    HttpResponse<String> response =
        select(
            "{\"mediaId\":1,\"rid\":\"m\",\"spatialLayerId\":0,\"temporalLayerId\":0,"
                + "\"maxSpatialLayerId\":2,\"maxTemporalLayerId\":1,\"maxWidth\":640,"
                + "\"maxHeight\":360,\"somethingNew\":true}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(server.egress().selection("1"))
        .isEqualTo(
            new LayerSelection(
                Optional.of("m"),
                OptionalInt.of(0),
                OptionalInt.of(0),
                OptionalInt.of(2),
                OptionalInt.of(1),
                OptionalInt.of(640),
                OptionalInt.of(360)));
  }

  /** "it just need to send an JSON Object removing the constrains". */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"mediaId\":\"1\"}", "{\"rid\":null}"})
  void nothing_wished_for_is_automatic_again(String body) throws Exception {
    select("{\"rid\":\"l\"}");
    assertThat(select(body).statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("1")).isEqualTo(LayerSelection.AUTOMATIC);
  }

  /** What whip-whep's unselectLayer sends. */
  @Test
  void deleting_the_choice_is_automatic_again() throws Exception {
    select("{\"rid\":\"l\"}");
    assertThat(server.send("DELETE", layers, "").statusCode()).isEqualTo(200);
    assertThat(server.egress().selection("1")).isEqualTo(LayerSelection.AUTOMATIC);
  }

  /** "an appropriate HTTP error response if not". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rid\":\"none\"}",
        "{\"maxWidth\":100}",
        "{\"mediaId\":\"0\",\"rid\":\"h\"}",
        "{\"mediaId\":\"7\"}"
      })
  void what_cannot_be_done_is_422_and_changes_nothing(String body) throws Exception {
    select("{\"rid\":\"m\"}");
    HttpResponse<String> response = select(body);
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("layer-unavailable");
    assertThat(server.egress().selection("1").rid()).hasValue("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"h\"",
        "{",
        "{\"maxWidth\":\"wide\"}",
        "{\"maxWidth\":-1}",
        "{\"spatialLayerId\":1.5}",
        "{\"maxHeight\":99999999999}",
        "{\"rid\":{}}"
      })
  void what_makes_no_sense_is_400(String body) throws Exception {
    assertThat(select(body).statusCode()).isEqualTo(400);
  }

  @Test
  void wants_json() throws Exception {
    assertThat(server.send("POST", layers, "{}", "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(server.send("POST", layers, "").statusCode()).isEqualTo(415);
  }

  @Test
  void ends_with_its_session() throws Exception {
    HttpResponse<String> played = server.play("/whep/room");
    server.send("DELETE", location(played), "");
    assertThat(server.post(location(played) + "/layer", "{}").statusCode()).isEqualTo(404);
    assertThat(server.post("/whep/sessions/unknown/layer", "{}").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> select(String body) throws Exception {
    return server.post(layers, body);
  }
}
