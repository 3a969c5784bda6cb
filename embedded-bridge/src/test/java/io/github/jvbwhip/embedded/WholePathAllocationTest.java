package io.github.jvbwhip.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.embedded.Clients.PlayingPeer;
import io.github.jvbwhip.testpeer.MediaSender;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jitsi.srtp.crypto.JitsiOpenSslProvider;
import org.junit.jupiter.api.Test;

/**
 * What the thread that receives, decrypts, forwards, encrypts and sends leaves behind for each
 * packet, with real sockets and clients.
 */
class WholePathAllocationTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PLAYERS = 4;
  private static final int FRAMES = 150;

  /** Of a frame: some 20 packets. */
  private static final VideoSettings VIDEO = new VideoSettings(1280, 720, 30, 6_000_000, 0);

  /**
   * Nothing but the initialization vector of the cipher, two copies and a wrapper (88 bytes), for
   * each packet that is encrypted or decrypted; Java's own cipher leaves 928 bytes.
   */
  private static final double CIPHER = JitsiOpenSslProvider.isLoaded() ? 88 : 928;

  /** Checks and reports, which come by time, and what is not yet compiled as well as it will be. */
  private static final double ELSE = 140;

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("media-port-"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
        .sum();
  }

  private static void play(MediaSender video, List<PlayingPeer> players) {
    for (int i = 0; i < FRAMES; i++) {
      int seen = players.get(0).peer().received().videoPackets();
      video.sendFrame();
      for (PlayingPeer player : players) {
        player.peer().awaitVideoPackets(seen + 1, LIMIT);
      }
    }
  }

  private static long sent(List<PlayingPeer> players) {
    return players.stream().mapToLong(player -> player.endpoint().stats().packetsSent()).sum();
  }

  @Test
  void a_packet_leaves_nothing_behind_but_what_the_cipher_does() throws Exception {
    try (EmbeddedBridge bridge =
            EmbeddedBridge.start(EmbeddedBridgeConfig.onPort(0), SessionMetrics.NONE);
        Clients clients = new Clients(bridge)) {
      MediaSender video = clients.publish("s", OfferSpec.publisher(Codec.VP8)).peer().video(VIDEO);
      List<PlayingPeer> players = new ArrayList<>();
      for (int i = 0; i < PLAYERS; i++) {
        players.add(clients.watch("s", OfferSpec.player(Codec.VP8)));
      }
      play(video, players); // Until all is known.

      // Each of the publisher's packets is decrypted once, and encrypted for each player.
      double most = CIPHER * (PLAYERS + 1) / PLAYERS + ELSE;
      double least = Double.MAX_VALUE;
      // A busy machine compiles late.
      for (int round = 0; round < 6 && least >= most; round++) {
        long sentBefore = sent(players);
        long before = allocated();
        play(video, players);
        long packets = sent(players) - sentBefore;
        assertThat(packets).isGreaterThan(5000);
        least = Math.min(least, (double) (allocated() - before) / packets);
      }
      assertThat(least).isLessThan(most);
    }
  }
}
