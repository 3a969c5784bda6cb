package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.StreamReport;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What contracts with test peers share: a room for each test, and peers that end with it. */
public abstract class PeerContract {
  private static final int TWIN_SEED = 4711;
  protected static final Duration SOON = Duration.ofSeconds(45);

  private final List<TestPeer> peers = new ArrayList<>();
  private String room = "";

  /** The server that the class runs. */
  protected abstract ServerUnderTest server();

  @BeforeEach
  protected void chooseRoom(TestInfo info) {
    room =
        info.getTestMethod().orElseThrow().getName()
            + "-"
            + Math.abs(info.getDisplayName().hashCode());
  }

  @AfterEach
  protected void closePeers() {
    for (TestPeer peer : peers) {
      peer.session().ifPresent(session -> peer.hangUp());
      peer.close();
    }
    peers.clear();
  }

  /** The test's room. */
  protected String room() {
    return room;
  }

  /** A peer that ends with the test. */
  protected TestPeer peer(PeerOptions options) {
    return peer(options, new Random());
  }

  private TestPeer peer(PeerOptions options, Random random) {
    TestPeer peer = TestPeer.open(options, random);
    peers.add(peer);
    return peer;
  }

  protected TestPeer publish(OfferSpec offer) {
    return publish(PeerOptions.defaults(), offer);
  }

  protected TestPeer publish(PeerOptions options, OfferSpec offer) {
    return publish("main", options, offer);
  }

  /** Publishes this stream of the test's room. */
  protected TestPeer publish(String stream, PeerOptions options, OfferSpec offer) {
    return publish(stream, peer(options), offer);
  }

  /** The same with SSRCs that all publishers have who are made like this. */
  protected TestPeer publishTwin(String stream, OfferSpec offer) {
    return publish(stream, peer(PeerOptions.defaults(), new Random(TWIN_SEED)), offer);
  }

  private TestPeer publish(String stream, TestPeer publisher, OfferSpec offer) {
    Reply reply = publisher.connect(server().whip(room, stream), offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    publisher.awaitConnected(SOON);
    return publisher;
  }

  protected TestPeer play(OfferSpec offer) {
    return play(PeerOptions.defaults(), offer);
  }

  protected TestPeer play(PeerOptions options, OfferSpec offer) {
    return play(server().whep(room, "main"), options, offer);
  }

  /** Plays this stream of the test's room. */
  protected TestPeer play(String stream, OfferSpec offer) {
    return play(server().whep(room, stream), PeerOptions.defaults(), offer);
  }

  /** Plays from that endpoint. */
  protected TestPeer play(URI endpoint, PeerOptions options, OfferSpec offer) {
    TestPeer player = peer(options);
    Reply reply = player.connect(endpoint, offer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    player.awaitConnected(SOON);
    return player;
  }

  protected static MediaSender startMedia(TestPeer publisher) {
    publisher.audio().start();
    MediaSender video = publisher.video(VideoSettings.defaults());
    video.start();
    return video;
  }

  protected static StreamReport onlyVideo(TestPeer player) {
    assertThat(player.received().video()).hasSize(1);
    return player.received().video().get(0);
  }
}
