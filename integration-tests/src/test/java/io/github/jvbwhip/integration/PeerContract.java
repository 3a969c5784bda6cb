package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What contracts with test peers share: a room for each test, and peers that end with it. */
abstract class PeerContract {
  static final Duration SOON = Duration.ofSeconds(15);

  private final List<TestPeer> peers = new ArrayList<>();
  private String room = "";

  /** The server that the class runs. */
  abstract ServerUnderTest server();

  @BeforeEach
  void chooseRoom(TestInfo info) {
    room =
        info.getTestMethod().orElseThrow().getName()
            + "-"
            + Math.abs(info.getDisplayName().hashCode());
  }

  @AfterEach
  void closePeers() {
    for (TestPeer peer : peers) {
      peer.session().ifPresent(session -> peer.hangUp());
      peer.close();
    }
  }

  private TestPeer peer(PeerOptions options) {
    TestPeer peer = TestPeer.open(options);
    peers.add(peer);
    return peer;
  }

  TestPeer publish(OfferSpec offer) {
    return publish(PeerOptions.defaults(), offer);
  }

  TestPeer publish(PeerOptions options, OfferSpec offer) {
    TestPeer publisher = peer(options);
    Reply reply = publisher.connect(server().whip(room, "main"), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    return publisher;
  }

  TestPeer play(OfferSpec offer) {
    return play(PeerOptions.defaults(), offer);
  }

  TestPeer play(PeerOptions options, OfferSpec offer) {
    TestPeer player = peer(options);
    Reply reply = player.connect(server().whep(room, "main"), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    player.awaitConnected(SOON);
    return player;
  }

  static MediaSender startMedia(TestPeer publisher) {
    publisher.audio().start();
    MediaSender video = publisher.video(VideoSettings.defaults());
    video.start();
    return video;
  }

  static StreamReport onlyVideo(TestPeer player) {
    assertThat(player.received().video()).hasSize(1);
    return player.received().video().get(0);
  }
}
