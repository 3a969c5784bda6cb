package io.github.jvbwhip.http.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.FakeBridge;
import io.github.jvbwhip.core.bridge.FakeEgress;
import io.github.jvbwhip.core.session.LiveSessions;
import io.github.jvbwhip.core.session.ManualClock;
import io.github.jvbwhip.core.session.Session;
import io.github.jvbwhip.http.runtime.OpenedSession;
import io.github.jvbwhip.http.runtime.PostListener.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A line for the begin of a session, and one for its end. */
class SessionLogTest {
  private final ManualClock clock = new ManualClock();
  private final FakeBridge bridge = new FakeBridge();
  private final List<String> lines = new ArrayList<>();
  private final Session<?> session = LiveSessions.watching(bridge, clock);

  private void log(SessionLog.Format format, String userAgent) {
    new SessionLog(format, lines::add)
        .opened(
            new OpenedSession(
                Protocol.WHEP,
                session,
                new OpenedSession.Client("192.0.2.7", "token-0a1b2c3d", userAgent),
                List.of("opus", "VP8"),
                clock.instant()));
  }

  private FakeEgress player() {
    return bridge.egresses().get(0);
  }

  @Test
  void as_sentences() {
    log(SessionLog.Format.TEXT, "Player/1.0");
    FakeEgress player = player();
    player.connectPeer();
    clock.advance(Duration.ofSeconds(3675));
    player.end(EndReason.CONSENT_LOST, "no answer for 30 s");
    assertThat(lines)
        .containsExactly(
            "Session %s: room/stream is watched from 192.0.2.7 by token-0a1b2c3d (Player/1.0), codecs opus VP8, endpoint %s"
                .formatted(session.id(), player.id()),
            "Session %s: room/stream was watched by token-0a1b2c3d for 1:01:15, CONSENT_LOST (no answer for 30 s); 0 bytes received, 0 sent"
                .formatted(session.id()));
  }

  @Test
  void as_objects() throws Exception {
    log(SessionLog.Format.JSON, "Player/1.0");
    clock.advance(Duration.ofMillis(1500));
    player().end(EndReason.ICE_FAILED, "no checks");
    JsonNode begin = JsonMapper.builder().build().readTree(lines.get(0));
    JsonNode end = JsonMapper.builder().build().readTree(lines.get(1));
    assertThat(begin.path("event").asText()).isEqualTo("begin");
    assertThat(begin.path("time").asText()).isEqualTo(clock.instant().minusMillis(1500).toString());
    assertThat(end.path("time").asText()).isEqualTo(clock.instant().toString());
    assertThat(begin.path("session").asText()).isEqualTo(session.id().value());
    assertThat(begin.path("codecs").toString()).isEqualTo("[\"opus\",\"VP8\"]");
    assertThat(end.path("event").asText()).isEqualTo("end");
    assertThat(end.path("reason").asText()).isEqualTo("ice-failed");
    assertThat(end.path("connected").asBoolean(true)).isFalse();
    assertThat(end.path("seconds").asDouble()).isEqualTo(1.5);
  }

  /** It would be a line of its own, or colour an operator's terminal. */
  @Test
  void what_a_client_says_of_itself_is_printable_and_short() {
    log(SessionLog.Format.TEXT, "a\r\nSession x: ended\u001b[31m" + "b".repeat(5000));
    assertThat(lines.get(0))
        .doesNotContain("\n", "\r", "\u001b")
        .contains("a??Session x: ended?[31m")
        .hasSizeLessThan(500);
  }
}
