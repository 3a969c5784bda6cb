package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded bridge with as many sessions as it takes. */
class EmbeddedOverloadTest extends WhipContract {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(() -> EmbeddedServer.start(Map.of("standalone.max-sessions", 1)));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Test
  void section_4_5_a_full_bridge_says_when_to_come_back() {
    TestPeer live = publish(PeerOptions.defaults(), PUBLISHER);

    Reply refused = post(endpoint("other"), rfcOffer());
    assertThat(assertProblem(refused, ProblemType.OVERLOADED))
        .isEqualTo("The bridge has 1 sessions, of 1 that it takes (standalone.max-sessions).");
    assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9]\\d*");
    assertThat(live.isConnected()).isTrue();

    live.hangUp();
    await("room for another", () -> post(endpoint("other"), rfcOffer()).status() == 201);
  }
}
