package io.github.jvbwhip.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.metrics.Exposition;
import io.github.jvbwhip.integration.EmbeddedServer;
import io.github.jvbwhip.integration.RunningServer;
import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@link MonitoringContract} on the embedded bridge, and what it alone has. */
class EmbeddedMonitoringTest extends MonitoringContract {
  @RegisterExtension static final RunningServer SERVER = new RunningServer(EmbeddedServer::start);

  @Override
  protected ServerUnderTest server() {
    return SERVER.get();
  }

  @Override
  boolean isOfOtherBridge(String metric) {
    return metric.startsWith("jitsi_jvb_") && !Exposition.isDeclared(metric);
  }

  @Test
  void what_a_publisher_sends_beyond_its_limit_is_counted() {
    Map<String, ?> settings = Map.of("standalone.max-publisher-bitrate", 100_000);
    try (EmbeddedServer narrow = EmbeddedServer.start(settings);
        TestPeer publisher = TestPeer.open()) {
      Reply reply = publisher.connect(narrow.whip("room", "s"), OfferSpec.publisher(Codec.VP8));
      assertThat(reply.status()).isEqualTo(201);
      publisher.awaitConnected(SOON);
      publisher.video(new VideoSettings(640, 360, 30, 2_000_000, 0)).start();
      publisher.await(
          "dropped",
          SOON,
          () ->
              metrics(narrow)
                      .value("whip_whep_packets_dropped_total{kind=\"whip\",reason=\"bitrate\"}")
                  > 0);
    }
  }

  @Test
  void health_tells_that_all_places_are_taken_and_that_there_is_one_again() {
    try (EmbeddedServer small = EmbeddedServer.start(Map.of("standalone.max-sessions", 1));
        TestPeer publisher = TestPeer.open()) {
      assertThat(get(small, "health").status()).isEqualTo(200);
      publisher.connect(small.whip("room", "s"), OfferSpec.publisher(Codec.VP8));
      publisher.awaitConnected(SOON);

      Reply full = get(small, "health");
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.body()).contains("\"status\":\"overloaded\"").contains("max-sessions");
      assertThat(metrics(small).value("whip_whep_accepting")).isZero();

      publisher.hangUp();
      publisher.await("a place", SOON, () -> get(small, "health").status() == 200);
    }
  }

  private static Reply get(ServerUnderTest from, String path) {
    return HttpSignalling.send("GET", from.uri().resolve(path), null, null, Map.of());
  }

  private static Exposition metrics(ServerUnderTest from) {
    return new Exposition(get(from, "metrics").body());
  }
}
