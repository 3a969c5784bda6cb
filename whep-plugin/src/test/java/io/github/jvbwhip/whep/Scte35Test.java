package io.github.jvbwhip.whep;

import static io.github.jvbwhip.whep.WhepServer.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.sse.EventStreamClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WHEP events document, "scte35 event". */
@Timeout(30)
class Scte35Test {
  /** The example of the document. */
  private static final String MESSAGE =
      "/DA8AAAAAAAAAP///wb+06ACpQAmAiRDVUVJAACcHX//AACky4AMEERJU0NZTVdGMDQ1MjAwMEgxAQEMm4c0";

  private WhepServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WhepServer("auth.tokens = [ watch ], scte35.tokens = [ cue ]");
  }

  private void restart(String config) throws Exception {
    server.close();
    server = new WhepServer(config);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void passes_the_message_on_unchanged() throws Exception {
    restart("scte35.tokens = [ cue ]");
    try (EventStreamClient events = server.watch("/whep/room", "[\"scte35\"]")) {
      assertThat(inject("/whep/room:scte35", MESSAGE, "cue").statusCode()).isEqualTo(204);
      assertThat(events.next().data()).isEqualTo(MESSAGE);
    }
  }

  @Test
  void a_stream_s_message_reaches_those_who_see_it() throws Exception {
    restart("scte35.tokens = [ cue ]");
    server.publish(CAMERA);
    try (EventStreamClient stage = server.watch("/whep/room", "[\"scte35\"]");
        EventStreamClient pinned = server.watch("/whep/room/camera", "[\"scte35\"]");
        EventStreamClient other = server.watch("/whep/room/other", "[\"scte35\"]")) {
      inject("/whep/room/camera:scte35", "AAAA", "cue");
      inject("/whep/room:scte35", "BBBB", "cue");
      assertThat(stage.next().data()).isEqualTo("AAAA");
      assertThat(pinned.next().data()).isEqualTo("AAAA");
      assertThat(other.next().data()).isEqualTo("BBBB");
    }
  }

  @ParameterizedTest
  @CsvSource({"'',401", "watch,401", "wrong,401", "cue,204"})
  void a_token_of_its_own_is_needed(String token, int status) throws Exception {
    assertThat(inject("/whep/room:scte35", MESSAGE, token).statusCode()).isEqualTo(status);
  }

  @Test
  void without_tokens_there_is_no_such_resource() throws Exception {
    restart("");
    assertThat(inject("/whep/room:scte35", MESSAGE, "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not base64!", "AAAA\ndata: BBBB", "====", "{}"})
  void what_is_no_base64_is_refused(String body) throws Exception {
    assertThat(inject("/whep/room:scte35", body, "cue").statusCode()).isEqualTo(400);
  }

  @Test
  void a_message_has_at_most_4096_bytes() throws Exception {
    assertThat(inject("/whep/room:scte35", "A".repeat(5464), "cue").statusCode()).isEqualTo(204);
    assertThat(inject("/whep/room:scte35", "A".repeat(5468), "cue").statusCode()).isEqualTo(400);
  }

  /** A stream may be called scte35: a colon is in no name. */
  @ParameterizedTest
  @CsvSource({
    "/whep/room/scte35,405",
    "/whep/sessions:scte35,404",
    "/whep/a/b/c:scte35,404",
    "/whep/:scte35,404"
  })
  void collides_with_no_stream(String path, int status) throws Exception {
    assertThat(server.send("PUT", path, MESSAGE, "Content-Type", "text/plain").statusCode())
        .isEqualTo(status);
  }

  private HttpResponse<String> inject(String path, String message, String token) throws Exception {
    return server.send(
        "POST",
        path,
        message,
        "Content-Type",
        "text/plain",
        "Authorization",
        token.isEmpty() ? "none" : "Bearer " + token);
  }
}
