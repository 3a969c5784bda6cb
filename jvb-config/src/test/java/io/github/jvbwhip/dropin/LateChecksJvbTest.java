package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that take their time between the answer and their first check. */
@RequiresJvb
class LateChecksJvbTest {
  /** A bridge that is told candidates gives them up within 7 seconds. */
  private static final Duration LATE = Duration.ofSeconds(8);

  private record Client(TestPeer peer, Reply reply) {
    static Client post(TestPeer peer, URI endpoint, OfferSpec offer) {
      Reply reply = HttpSignalling.post(endpoint, peer.offer(offer), Map.of());
      assertThat(reply.status()).as(reply.body()).isEqualTo(201);
      return new Client(peer, reply);
    }

    void trickle() {
      StringBuilder fragment = new StringBuilder("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n");
      for (String candidate : peer.transport().localIce().candidates()) {
        fragment.append("a=candidate:").append(candidate).append("\r\n");
      }
      URI session = reply.location().orElseThrow();
      assertThat(HttpSignalling.patch(session, fragment.toString(), Map.of()).status())
          .isEqualTo(204);
    }

    void begin() {
      peer.acceptAnswer(reply.body());
      peer.awaitConnected(SOON);
    }
  }

  @Test
  void a_client_whose_checks_come_late_connects() throws Exception {
    OfferSpec publisher = OfferSpec.publisher(Codec.VP8);
    OfferSpec player = otherNumbers(Codec.VP8);
    try (JvbProcess bridge = JvbProcess.start(JvbHome.orSkip());
        TestPeer first = TestPeer.open();
        TestPeer second = TestPeer.open();
        TestPeer third = TestPeer.open();
        TestPeer fourth = TestPeer.open()) {
      URI whip = bridge.url("/whip/" + Peers.newRoom());
      URI whep = bridge.url(whip.getPath().replace("whip", "whep"));
      Client publishing = Client.post(first, whip, publisher);
      Client playing = Client.post(second, whep, player);
      Client tricklingPublisher =
          Client.post(third, URI.create(whip + "/2"), publisher.withoutCandidates());
      Client tricklingPlayer = Client.post(fourth, whep, player.withoutCandidates());
      tricklingPublisher.trickle();
      tricklingPlayer.trickle();

      TimeUnit.SECONDS.sleep(LATE.toSeconds()); // What they do meanwhile.
      publishing.begin();
      playing.begin();
      tricklingPublisher.begin();
      tricklingPlayer.begin();
      first.video(VideoSettings.defaults()).start();
      second.awaitVideoPackets(20, SOON);
      fourth.awaitVideoPackets(20, SOON);
    }
  }
}
