package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A machine whose only address is loopback can publish and watch. */
class LoopbackOnlyTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void media_flows_over_loopback() {
    PeerOptions loopback = PeerOptions.defaults().withAddress(LocalAddresses.loopback());
    try (EmbeddedServer server =
            EmbeddedServer.start(Map.of("standalone.bind", List.of("127.0.0.1")));
        TestPeer publisher = TestPeer.open(loopback);
        TestPeer player = TestPeer.open(loopback)) {
      publisher.connect(server.whip("room", "main"), OfferSpec.publisher(Codec.VP8));
      publisher.awaitConnected(SOON);
      publisher.video(VideoSettings.defaults()).start();
      player.connect(server.whep("room", "main"), OfferSpec.player(Codec.VP8));
      player.awaitVideoPackets(30, SOON);

      assertThat(player.remoteDescription().media().get(0).ice().candidates())
          .isNotEmpty()
          .allMatch(candidate -> candidate.contains(" 127.0.0.1 "));
    }
  }
}
