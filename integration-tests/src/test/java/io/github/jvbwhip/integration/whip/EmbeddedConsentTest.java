package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The end of consent (RFC 7675 §5.1), which takes half a minute. A Jitsi Videobridge expires the
 * endpoint instead: {@code LifecycleJvbTest}.
 */
class EmbeddedConsentTest extends WhipContract {
  @RegisterExtension
  static final RunningServer SERVER =
      new RunningServer(
          () -> EmbeddedServer.start(Map.of("videobridge.whip.media-timeout", "0 seconds")));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Test
  void section_4_2_a_client_that_answers_no_checks_any_more_has_left() {
    TestPeer peer = publish(PeerOptions.defaults(), PUBLISHER);
    URI session = peer.session().orElseThrow();
    peer.abandon();
    await("the session is gone", Duration.ofSeconds(90), () -> get(session).status() == 404);
    assertThat(assertProblem(get(session), ProblemType.SESSION_ENDED))
        .startsWith("The client no longer answered ICE consent checks.");
  }
}
