package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the log of the process says of a session: one line at its begin, one at its end. */
class SessionLogLinesTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "swordfish-with-lemon";

  /** Publishes for a moment with media, and gives the path of the session. */
  private static String publish(StandaloneProcess process) throws Exception {
    try (TestPeer publisher = TestPeer.open()) {
      Reply reply =
          publisher.connect(
              process.whip("hall", "camera"),
              OfferSpec.publisher(Codec.VP8),
              Map.of("Authorization", "Bearer " + TOKEN, "User-Agent", "Encoder/1.0"));
      assertThat(reply.status()).as(reply.body()).isEqualTo(201);
      publisher.awaitConnected(SOON);
      publisher.audio().start();
      // The server has had media when a player has.
      try (TestPeer player = TestPeer.open()) {
        player.connect(process.whep("hall", "camera"), OfferSpec.player(Codec.VP8));
        player.awaitAudioPackets(20, SOON);
        player.hangUp();
      }
      assertThat(publisher.hangUp().status()).isEqualTo(200);
      publisher.awaitClosedByRemote(SOON);
      return publisher.session().orElseThrow().getPath();
    }
  }

  private static StandaloneProcess start(String format) {
    return StandaloneProcess.start(
        "--bridge",
        "embedded",
        "--port",
        "0",
        "--udp-port",
        "0",
        "--config",
        StandaloneProcess.config(
                Map.of(
                    "videobridge.whip.operator.session-log",
                    format,
                    "videobridge.whip.auth.tokens",
                    List.of(TOKEN)))
            .toString());
  }

  private static void assertNothingSecret(StandaloneProcess process, String session) {
    String secret = session.substring(session.lastIndexOf('/') + 1);
    assertThat(process.output()).doesNotContain(TOKEN, secret);
  }

  @Test
  void as_sentences() throws Exception {
    try (StandaloneProcess process = start("text")) {
      String session = publish(process);
      process.awaitOutput("hall/camera was published by");
      assertThat(process.output())
          .containsPattern(
              "Session [0-9a-f]{16}: hall/camera is published from \\S+ by token-[0-9a-f]{8}"
                  + " \\(Encoder/1\\.0\\), codecs (opus VP8|VP8 opus), endpoint \\S+\n")
          .containsPattern(
              "Session [0-9a-f]{16}: hall/camera was published by token-[0-9a-f]{8}"
                  + " for \\d+ s, DELETED \\(DELETE\\); [1-9]\\d* bytes received, \\d+ sent\n")
          .containsPattern("Session [0-9a-f]{16}: hall/camera is watched from ")
          .containsPattern("Session [0-9a-f]{16}: hall/camera was watched by ");
      assertNothingSecret(process, session);
    }
  }

  @Test
  void as_json() throws Exception {
    try (StandaloneProcess process = start("json")) {
      String session = publish(process);
      process.awaitOutput("\"protocol\":\"whip\"");
      JsonNode begin = find(process, "whip", "begin");
      process.awaitOutput(
          "\"event\":\"end\",\"session\":\"" + begin.path("session").asText() + "\"");
      JsonNode end = find(process, "whip", "end");
      assertThat(begin.path("stream").asText()).isEqualTo("camera");
      assertThat(begin.path("userAgent").asText()).isEqualTo("Encoder/1.0");
      assertThat(end.path("session")).isEqualTo(begin.path("session"));
      assertThat(end.path("reason").asText()).isEqualTo("deleted");
      assertThat(end.path("bytesReceived").asLong()).isPositive();
      assertThat(find(process, "whep", "end").path("room").asText()).isEqualTo("hall");
      assertNothingSecret(process, session);
    }
  }

  private static JsonNode find(StandaloneProcess process, String protocol, String event)
      throws JsonProcessingException {
    for (String line : process.output().split("\n")) {
      if (line.contains("{\"event\":\"" + event + "\"")
          && line.contains("\"protocol\":\"" + protocol + "\"")) {
        return JSON.readTree(line); // The line as a whole.
      }
    }
    throw new AssertionError("no " + event + " of " + protocol + ": " + process.output());
  }
}
