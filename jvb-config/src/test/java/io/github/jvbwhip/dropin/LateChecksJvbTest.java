package io.github.jvbwhip.dropin;

import static io.github.jvbwhip.dropin.Peers.SOON;
import static io.github.jvbwhip.dropin.Peers.connected;
import static io.github.jvbwhip.dropin.Peers.otherNumbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that take their time between the answer and their first check. */
@RequiresJvb
class LateChecksJvbTest {
  /** A bridge that is told candidates gives them up within 7 seconds; a slow user takes longer. */
  private static final Duration LATE = Duration.ofSeconds(31);

  /** The bridge gives a restart up after 20 seconds, and stays with the connection that it has. */
  private static final Duration LATE_RESTART = Duration.ofSeconds(15);

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

  /** A player that answers what the server has offered. */
  private static Runnable answered(TestPeer peer, URI endpoint, String offer, int status) {
    Reply reply =
        HttpSignalling.send(
            "POST", endpoint, offer.isEmpty() ? null : HttpSignalling.SDP, offer, Map.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    TestPeer.Answer answer = peer.prepareAnswer(reply.body());
    Reply taken =
        HttpSignalling.send(
            "PATCH", reply.location().orElseThrow(), HttpSignalling.SDP, answer.sdp(), Map.of());
    assertThat(taken.status()).as(taken.body()).isEqualTo(204);
    return answer.start();
  }

  @Test
  void a_client_whose_checks_come_late_connects() throws Exception {
    OfferSpec publisher = OfferSpec.publisher(Codec.VP8);
    OfferSpec player = otherNumbers(Codec.VP8);
    try (JvbProcess bridge = JvbProcess.start(JvbHome.orSkip());
        TestPeer first = TestPeer.open();
        TestPeer second = TestPeer.open();
        TestPeer third = TestPeer.open();
        TestPeer fourth = TestPeer.open();
        TestPeer fifth = TestPeer.open();
        TestPeer sixth = TestPeer.open()) {
      URI whip = bridge.url("/whip/" + Peers.newRoom());
      URI whep = bridge.url(whip.getPath().replace("whip", "whep"));
      Client publishing = Client.post(first, whip, publisher);
      Client playing = Client.post(second, whep, player);
      Client tricklingPublisher =
          Client.post(third, URI.create(whip + "/2"), publisher.withoutCandidates());
      Client tricklingPlayer = Client.post(fourth, whep, player.withoutCandidates());
      tricklingPublisher.trickle();
      tricklingPlayer.trickle();
      Runnable offered = answered(fifth, whep, "", 201);
      Runnable counterOffered =
          answered(sixth, whep, sixth.offer(OfferSpec.publisher(Codec.VP8)), 406);

      TimeUnit.SECONDS.sleep(LATE.toSeconds()); // What they do meanwhile.
      publishing.begin();
      playing.begin();
      tricklingPublisher.begin();
      tricklingPlayer.begin();
      offered.run();
      counterOffered.run();
      first.video(VideoSettings.defaults()).start();
      second.awaitVideoPackets(20, SOON);
      fourth.awaitVideoPackets(20, SOON);
      fifth.awaitVideoPackets(20, SOON);
      sixth.awaitVideoPackets(20, SOON);
    }
  }

  @Test
  void a_client_whose_checks_come_late_after_a_restart_moves() throws Exception {
    try (JvbProcess bridge = JvbProcess.start(JvbHome.orSkip())) {
      URI whip = bridge.url("/whip/" + Peers.newRoom());
      URI whep = bridge.url(whip.getPath().replace("whip", "whep"));
      try (TestPeer publisher = connected(whip, OfferSpec.publisher(Codec.VP8));
          TestPeer player = connected(whep, otherNumbers(Codec.VP8))) {
        publisher.video(VideoSettings.defaults()).start();
        player.awaitVideoPackets(20, SOON);
        MediaTransport.Restart publishersNext = publisher.transport().prepareRestart();
        MediaTransport.Restart playersNext = player.transport().prepareRestart();
        Reply toPublisher = restart(publisher, publishersNext);
        Reply toPlayer = restart(player, playersNext);
        assumeThat(toPublisher.status()).as("bridges before August 2026: 422").isEqualTo(200);
        assertThat(toPlayer.status()).as(toPlayer.body()).isEqualTo(200);

        TimeUnit.SECONDS.sleep(LATE_RESTART.toSeconds());
        publisher.transport().restart(publishersNext, ice(toPublisher));
        player.transport().restart(playersNext, ice(toPlayer));
        publisher.awaitMoved(SOON);
        player.awaitMoved(SOON);
        player.awaitVideoPackets(Peers.videoPackets(player) + 60, SOON);
      }
    }
  }

  private static Reply restart(TestPeer peer, MediaTransport.Restart next) {
    return peer.patch(
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
            .formatted(next.localIce().ufrag(), next.localIce().password()),
        Map.of("If-Match", "*"));
  }

  private static IceParameters ice(Reply restarted) {
    return RemoteDescription.parse(restarted.body()).media().get(0).ice();
  }
}
