package io.github.jvbwhip.integration.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.integration.JvbServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Jitsi Videobridge that takes next to no load for too much, which it measures every 10 s. */
@RequiresJvb
class OverloadJvbTest extends WhipContract {
  private static final Map<String, ?> SETTINGS =
      Map.of(
          "videobridge.whip.stress-limit",
          1,
          "videobridge.load-management.load-measurements.cpu-usage.load-threshold",
          0.0001);

  @RegisterExtension
  static final RunningServer SERVER = new RunningServer(() -> JvbServer.start(SETTINGS));

  @Override
  ServerUnderTest server() {
    return SERVER.get();
  }

  @Test
  void section_4_5_a_bridge_under_stress_says_when_to_come_back() {
    await("stress", () -> refusal().status() == 503);
    Reply refused = refusal();

    assertThat(assertProblem(refused, ProblemType.OVERLOADED))
        .matches(".*stress is [1-9]\\d* %: from 1 % on \\(videobridge.whip.stress-limit\\).*");
    assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9]\\d*");
  }

  private Reply refusal() {
    Reply reply = HttpSignalling.post(endpoint("main"), rfcOffer(), Map.of());
    reply.location().ifPresent(session -> HttpSignalling.delete(session, Map.of()));
    return reply;
  }
}
