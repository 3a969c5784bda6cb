package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A bridge that takes next to no load for a full one. */
@RequiresJvb
class StressJvbTest {
  private static final String LOADED =
      "videobridge.load-management.load-measurements.cpu-usage.load-threshold = 0.0001\n";
  private static final Pattern LEVEL = Pattern.compile("\"stress_level\" ?: ?([0-9.E-]+)");
  private static final String REFUSES = "No new sessions are taken: ";

  @Test
  void a_bridge_under_stress_takes_sessions_unless_it_has_a_limit() throws Exception {
    try (JvbProcess bridge = start(JvbProcess.BOTH_ON + LOADED)) {
      awaitStress(bridge);

      assertThat(post(bridge).status()).isEqualTo(201);
      assertThat(bridge.logLines(REFUSES)).isEmpty();
    }
  }

  @Test
  void with_a_limit_the_log_says_once_that_it_refuses_them() throws Exception {
    try (JvbProcess bridge =
        start(JvbProcess.BOTH_ON + LOADED + "videobridge.whip.stress-limit = 80\n")) {
      awaitStress(bridge);

      assertThat(post(bridge).status()).isEqualTo(503);
      assertThat(post(bridge).body()).contains("stress is ").contains("from 80 % on");
      Peers.eventually("the log says so", () -> !bridge.logLines(REFUSES).isEmpty());
      assertThat(bridge.logLines(REFUSES)).hasSize(1).first().asString().contains("from 80 % on");
    }
  }

  private static JvbProcess start(String config) throws Exception {
    return JvbProcess.start(JvbHome.orSkip(), Optional.of(JvbProcess.dropInJar()), config);
  }

  private static Reply post(JvbProcess bridge) {
    try (TestPeer peer = TestPeer.open()) {
      String offer = peer.offer(OfferSpec.publisher(Codec.VP8));
      return HttpSignalling.post(bridge.url("/whip/" + Peers.newRoom()), offer, Map.of());
    }
  }

  /** The bridge measures every ten seconds. */
  private static void awaitStress(JvbProcess bridge) throws Exception {
    Peers.eventually("stress", () -> stress(bridge), level -> level > 1);
  }

  private static double stress(JvbProcess bridge) throws Exception {
    Matcher level = LEVEL.matcher(bridge.get("/colibri/stats").body());
    return level.find() ? Double.parseDouble(level.group(1)) : 0;
  }
}
