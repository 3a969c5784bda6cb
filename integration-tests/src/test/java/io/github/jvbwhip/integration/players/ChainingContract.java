package io.github.jvbwhip.integration.players;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.integration.ServerUnderTest;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A WHEP endpoint's offer is brought to a WHIP endpoint: media flow from server to server. */
abstract class ChainingContract {
  private static final Duration SOON = Duration.ofSeconds(15);

  /** The server that is published to. */
  abstract ServerUnderTest server();

  /** The server that is watched. */
  abstract ServerUnderTest next();

  @Test
  void what_is_published_here_is_watched_there() {
    try (TestPeer publisher = TestPeer.open();
        TestPeer player = TestPeer.open()) {
      connect(publisher, server().whip("chain", "main"), OfferSpec.publisher(Codec.VP8));
      publisher.audio().start();
      publisher.video(VideoSettings.defaults()).start();

      Reply offered =
          HttpSignalling.send("POST", server().whep("chain", "main"), null, "", Map.of());
      assertThat(offered.status()).isEqualTo(201);
      URI whep = offered.location().orElseThrow();
      Reply answered =
          HttpSignalling.post(next().whip("chained", "main"), offered.body(), Map.of());
      assertThat(answered.status()).as(answered.body()).isEqualTo(201);
      URI whip = answered.location().orElseThrow();
      Reply taken =
          HttpSignalling.send("PATCH", whep, HttpSignalling.SDP, answered.body(), Map.of());
      assertThat(taken.status()).as(taken.body()).isEqualTo(204);

      connect(player, next().whep("chained", "main"), OfferSpec.player(Codec.VP8));
      player.awaitKeyframes(1, SOON);
      player.awaitVideoPackets(100, SOON);
      player.awaitAudioPackets(20, SOON);
      assertThat(player.received().video()).hasSize(1);
      StreamReport video = player.received().video().get(0);
      assertThat(video.isContinuous()).as("%s", video).isTrue();

      assertThat(HttpSignalling.delete(whep, Map.of()).status()).isEqualTo(200);
      assertThat(HttpSignalling.delete(whip, Map.of()).status()).isEqualTo(200);
    }
  }

  private static void connect(TestPeer peer, URI endpoint, OfferSpec offer) {
    Reply reply = peer.connect(endpoint, offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    peer.awaitConnected(SOON);
  }
}
