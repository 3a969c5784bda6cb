package io.github.jvbwhip.benchmarks.jvb;

import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import io.github.jvbwhip.testpeer.sdp.RemoteMedia;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One publisher and its players, however their offers were answered. Not thread-safe. */
final class Room implements AutoCloseable {
  /** Answers an offer. */
  interface Signalling {
    String answer(String offer) throws IOException;
  }

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  private final List<TestPeer> peers = new ArrayList<>();
  private final List<StreamCounter> counters = new ArrayList<>();
  private final MediaSender video;
  private final MediaSender audio;

  Room(
      Signalling publishing,
      OfferSpec publisher,
      Signalling watching,
      OfferSpec player,
      int players,
      VideoSettings settings)
      throws IOException {
    TestPeer source = connect(publishing, publisher);
    for (int i = 0; i < players; i++) {
      TestPeer peer = connect(watching, player);
      List<Long> ssrcs =
          peer.remoteDescription().media().stream()
              .map(RemoteMedia::ssrcs)
              .map(declared -> declared.get(0))
              .toList();
      StreamCounter counter = new StreamCounter(ssrcs);
      peer.transport().setIncomingFilter(counter);
      counters.add(counter);
    }
    video = source.video(settings);
    audio = source.audio();
  }

  private TestPeer connect(Signalling signalling, OfferSpec spec) throws IOException {
    TestPeer peer = TestPeer.open(PeerOptions.defaults().withoutNacks());
    peers.add(peer);
    peer.acceptAnswer(signalling.answer(peer.offer(spec)));
    peer.awaitConnected(CONNECT_LIMIT);
    return peer;
  }

  void sendFrame() {
    video.sendFrame();
  }

  void sendAudio(boolean on) {
    if (on) {
      audio.start();
    } else {
      audio.stop();
    }
  }

  boolean isComplete() {
    return counters.stream().allMatch(StreamCounter::isComplete);
  }

  /** Packets that the bridge has sent to all players. */
  long sent() {
    return counters.stream().mapToLong(StreamCounter::sent).sum();
  }

  /** Packets that were sent before others that came, and did not come. */
  long missing() {
    return counters.stream().mapToLong(StreamCounter::missing).sum();
  }

  @Override
  public void close() {
    peers.forEach(TestPeer::close);
  }
}
