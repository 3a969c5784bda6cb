package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteDescription;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import io.github.jvbwhip.testpeer.signalling.Reply;
import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.IceParameters;
import io.github.jvbwhip.testpeer.transport.MediaTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Clients that take their time between the answer and their first check: a permission prompt, a
 * slow telephone. Meanwhile they answer the checks of the bridge, as browsers do, or are silent.
 */
abstract class LateClientsContract extends PeerContract {
  private static final Duration LATE = Duration.ofSeconds(31);

  /** A Jitsi Videobridge gives a restart up after 20 seconds; the connection stays as it was. */
  private static final Duration LATE_RESTART = Duration.ofSeconds(15);

  private static final OfferSpec PUBLISHER = OfferSpec.publisher(Codec.VP8);
  private static final OfferSpec PLAYER = OfferSpec.player(Codec.VP8);

  private final List<TestPeer> publishers = new ArrayList<>();
  private final List<TestPeer> players = new ArrayList<>();
  private final List<Runnable> beginnings = new ArrayList<>();

  @Test
  void clients_whose_checks_come_late_connect() throws Exception {
    post(publisher(open()), whip("main"), PUBLISHER);
    post(publisher(silent()), whip("silent"), PUBLISHER);
    TestPeer tricklingPublisher = publisher(silent());
    trickle(
        tricklingPublisher,
        post(tricklingPublisher, whip("trickling"), PUBLISHER.withoutCandidates()));
    post(player(open()), whep(), PLAYER);
    post(player(silent()), whep(), PLAYER);
    post(player(open()), whep(), PLAYER.withoutCandidates());
    TestPeer trickling = player(open());
    trickle(trickling, post(trickling, whep(), PLAYER.withoutCandidates()));
    TestPeer tricklingInSilence = player(silent());
    trickle(tricklingInSilence, post(tricklingInSilence, whep(), PLAYER.withoutCandidates()));
    answerOffer(player(open()), "", 201);
    TestPeer countered = player(open());
    answerOffer(countered, countered.offer(PUBLISHER), 406);

    TimeUnit.SECONDS.sleep(LATE.toSeconds()); // What they do meanwhile.
    beginnings.forEach(Runnable::run);
    for (TestPeer publishing : publishers) {
      publishing.awaitConnected(SOON);
    }
    publishers.get(0).video(VideoSettings.defaults()).start();
    for (TestPeer player : players) {
      player.awaitVideoPackets(20, SOON);
    }
  }

  @Test
  void clients_whose_checks_come_late_after_a_restart_move() throws Exception {
    TestPeer publisher = publish(PUBLISHER);
    TestPeer player = play(PLAYER);
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
    player.awaitVideoPackets(player.received().videoPackets() + 60, SOON);
  }

  private URI whip(String stream) {
    return server().whip(room(), stream);
  }

  private URI whep() {
    return server().whep(room(), "main");
  }

  private TestPeer open() {
    return peer(PeerOptions.defaults());
  }

  /** One that answers no check before it begins. */
  private TestPeer silent() {
    TestPeer peer = open();
    peer.transport().setOutgoingFilter(DatagramFilter.nothing());
    return peer;
  }

  private TestPeer publisher(TestPeer peer) {
    publishers.add(peer);
    return peer;
  }

  private TestPeer player(TestPeer peer) {
    players.add(peer);
    return peer;
  }

  private Reply post(TestPeer peer, URI endpoint, OfferSpec offer) {
    Reply reply = HttpSignalling.post(endpoint, peer.offer(offer), Map.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    begin(peer, () -> peer.acceptAnswer(reply.body()));
    return reply;
  }

  private void begin(TestPeer peer, Runnable start) {
    beginnings.add(
        () -> {
          peer.transport().setOutgoingFilter(DatagramFilter.all());
          start.run();
        });
  }

  private static void trickle(TestPeer peer, Reply reply) {
    StringBuilder fragment = new StringBuilder("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n");
    for (String candidate : peer.transport().localIce().candidates()) {
      fragment.append("a=candidate:").append(candidate).append("\r\n");
    }
    URI session = reply.location().orElseThrow();
    assertThat(HttpSignalling.patch(session, fragment.toString(), Map.of()).status())
        .isEqualTo(204);
  }

  /** A player that answers what the server has offered. */
  private void answerOffer(TestPeer peer, String offer, int status) {
    Reply reply =
        HttpSignalling.send(
            "POST", whep(), offer.isEmpty() ? null : HttpSignalling.SDP, offer, Map.of());
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    TestPeer.Answer answer = peer.prepareAnswer(reply.body());
    Reply taken =
        HttpSignalling.send(
            "PATCH", reply.location().orElseThrow(), HttpSignalling.SDP, answer.sdp(), Map.of());
    assertThat(taken.status()).as(taken.body()).isEqualTo(204);
    begin(peer, answer.start());
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
