package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.signalling.Reply;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Those who stay all the time: two publishers, and players of both and of the stage. */
final class Regulars implements AutoCloseable {
  /** What is published all the time. */
  static final List<String> STREAMS = List.of("simulcast", "plain");

  static final int PUBLISHERS = STREAMS.size();

  /** One of each stream, and one of the stage. */
  static final int PLAYERS = STREAMS.size() + 1;

  private static final VideoSettings VIDEO = new VideoSettings(640, 360, 15, 300_000, 30);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<TestPeer> peers = new ArrayList<>();
  private final Map<String, MediaGaps> players = new TreeMap<>();

  private Regulars() {}

  /** Has them come; returns when all get media. */
  static Regulars come(URI server) {
    Regulars regulars = new Regulars();
    try {
      regulars.publish(server, STREAMS.get(0), Offers.publisher(Codec.VP8, true));
      regulars.publish(server, STREAMS.get(1), Offers.publisher(Codec.H264, false));
      for (String stream : STREAMS) {
        regulars.play(server, "/" + stream);
      }
      regulars.play(server, "");
      return regulars;
    } catch (AssertionError | RuntimeException e) {
      regulars.close();
      throw e;
    }
  }

  private TestPeer open() {
    TestPeer peer = TestPeer.open(PeerOptions.defaults());
    peers.add(peer);
    return peer;
  }

  private void publish(URI server, String stream, OfferSpec offer) {
    TestPeer peer = open();
    URI endpoint = server.resolve("whip/" + Plan.REGULARS_ROOM + "/" + stream);
    expectCreated(peer.connect(endpoint, offer));
    peer.awaitConnected(PATIENCE);
    peer.video(VIDEO).start();
    peer.audio().start();
  }

  private void play(URI server, String path) {
    TestPeer peer = open();
    MediaGaps gaps = new MediaGaps(System::nanoTime);
    peer.transport().setIncomingFilter(gaps);
    players.put("player of " + Plan.REGULARS_ROOM + path, gaps);
    expectCreated(
        peer.connect(server.resolve("whep/" + Plan.REGULARS_ROOM + path), Offers.player()));
    peer.awaitConnected(PATIENCE);
    peer.await("media", PATIENCE, gaps::hasBoth);
  }

  private static void expectCreated(Reply reply) {
    if (reply.status() != 201) {
      throw new AssertionError("a regular got " + reply.status() + ": " + reply.body());
    }
  }

  /** Forgets what was before. */
  void beginRound() {
    players.values().forEach(MediaGaps::begin);
  }

  /** The longest time without audio or video since then. */
  Duration longestGap() {
    return players.values().stream()
        .map(MediaGaps::longest)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Who was without for longer than that. */
  List<String> complaints(Duration limit) {
    List<String> complaints = new ArrayList<>();
    players.forEach(
        (name, gaps) -> {
          if (gaps.longest().compareTo(limit) > 0) {
            complaints.add(
                "%s got nothing for %.1f s".formatted(name, gaps.longest().toMillis() / 1e3));
          }
        });
    for (TestPeer peer : peers) {
      Optional<String> failure =
          peer.isClosedByRemote() ? Optional.of("it was ended") : peer.failure();
      failure.ifPresent(reason -> complaints.add("a regular: " + reason + "; " + peer));
    }
    return complaints;
  }

  /** They leave, and tell it the server where that is still there. */
  @Override
  public void close() {
    for (TestPeer peer : peers) {
      if (!peer.isClosedByRemote()) {
        hangUp(peer);
      }
      peer.close();
    }
  }

  private static void hangUp(TestPeer peer) {
    try {
      peer.session().ifPresent(session -> peer.hangUp());
    } catch (UncheckedIOException e) {
      // The server has ended.
    }
  }
}
