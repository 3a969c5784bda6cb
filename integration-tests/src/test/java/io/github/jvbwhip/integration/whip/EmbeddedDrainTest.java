package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An embedded bridge that is drained; {@code LifecycleJvbTest} has the same of a real one. */
class EmbeddedDrainTest extends WhipContract {
  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = EmbeddedServer.start(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  ServerUnderTest server() {
    return server;
  }

  @Test
  void section_4_5_a_drained_bridge_takes_no_new_sessions_and_keeps_those_it_has() {
    TestPeer live = publish(PeerOptions.defaults(), PUBLISHER);
    server.drain();

    Reply refused = post(endpoint("other"), rfcOffer());
    assertProblem(refused, ProblemType.DRAINING);
    assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9]\\d*");
    assertThat(live.isConnected()).isTrue();
    assertThat(get(live.session().orElseThrow()).status()).isEqualTo(204);
  }
}
