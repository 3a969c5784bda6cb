package io.github.jvbwhip.benchmarks.forward;

import io.github.jvbwhip.core.bridge.EgressEndpoint;
import io.github.jvbwhip.core.bridge.EgressRequest;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.IngestEndpoint;
import io.github.jvbwhip.core.bridge.IngestRequest;
import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.negotiation.EgressPlan;
import io.github.jvbwhip.core.negotiation.IngestPlan;
import io.github.jvbwhip.core.negotiation.Negotiation;
import io.github.jvbwhip.core.negotiation.NegotiationException;
import io.github.jvbwhip.core.negotiation.NegotiationRules;
import io.github.jvbwhip.core.sdp.SdpException;
import io.github.jvbwhip.core.sdp.SessionDescription;
import io.github.jvbwhip.embedded.EmbeddedBridge;
import io.github.jvbwhip.embedded.EmbeddedBridgeConfig;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.VideoSettings;
import io.github.jvbwhip.testpeer.media.Codec;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One publisher and many players on this machine, over real ICE, DTLS and SRTP. Tells how many
 * packets the bridge lost, and what processor time one forwarded packet took.
 *
 * <p>Arguments: players (50), seconds (10), bits per second (1500000).
 */
public final class LoadGenerator {
  private static final RoomName ROOM = new RoomName("load");
  private static final StreamName STREAM = new StreamName("main");
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final long WARM_UP_SECONDS = 3;
  private static final int FRAMES_PER_SECOND = 30;

  private static final EndpointListener LISTENER =
      new EndpointListener() {
        @Override
        public void connected() {}

        @Override
        public void ended(EndReason reason, String detail) {
          System.err.println("a session ended: " + reason + ", " + detail);
        }
      };

  private final EmbeddedBridge bridge;

  private LoadGenerator(EmbeddedBridge bridge) {
    this.bridge = bridge;
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    int players = argument(args, 0, 50);
    int seconds = argument(args, 1, 10);
    int bitrate = argument(args, 2, 1_500_000);
    try (EmbeddedBridge bridge = EmbeddedBridge.start(EmbeddedBridgeConfig.onPort(0))) {
      new LoadGenerator(bridge).run(players, seconds, bitrate);
    }
  }

  private static int argument(String[] args, int index, int fallback) {
    return index < args.length ? Integer.parseInt(args[index]) : fallback;
  }

  private void run(int count, int seconds, int bitrate) throws Exception {
    List<CountingPlayer> players = new ArrayList<>();
    try (TestPeer publisher = publish()) {
      for (int i = 0; i < count; i++) {
        players.add(watch());
      }
      publisher.video(new VideoSettings(1280, 720, FRAMES_PER_SECOND, bitrate, 60)).start();
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);

      players.forEach(CountingPlayer::start);
      long sentBefore = players.stream().mapToLong(CountingPlayer::sent).sum();
      BridgeThreads threads = BridgeThreads.now();
      long begun = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      long elapsed = System.nanoTime() - begun;
      long processorNanos = threads.nanosSince();
      long sent = players.stream().mapToLong(CountingPlayer::sent).sum() - sentBefore;
      players.forEach(CountingPlayer::stop);
      report(players, sent, processorNanos, elapsed);
    } finally {
      players.forEach(CountingPlayer::close);
    }
  }

  private static void report(
      List<CountingPlayer> players, long sent, long processorNanos, long elapsed) {
    long received = players.stream().mapToLong(CountingPlayer::received).sum();
    long missing = players.stream().mapToLong(CountingPlayer::missing).sum();
    long starved = players.stream().filter(player -> player.received() == 0).count();
    double seconds = elapsed / 1e9;
    System.out.printf("players             %d, without picture %d%n", players.size(), starved);
    System.out.printf("packets received    %d, %.0f per second%n", received, received / seconds);
    System.out.printf("packets missing     %d%n", missing);
    System.out.printf(
        "processor time      %.1f us per forwarded packet, %.1f %% of one core%n",
        processorNanos / 1e3 / Math.max(1, sent), 100.0 * processorNanos / elapsed);
  }

  private TestPeer publish() throws SdpException, NegotiationException, IOException {
    TestPeer peer = TestPeer.open();
    IngestPlan plan =
        Negotiation.planIngest(
            SessionDescription.parse(peer.offer(OfferSpec.publisher(Codec.VP8))),
            bridge.capabilities(),
            NegotiationRules.LENIENT);
    IngestEndpoint endpoint =
        bridge
            .openIngest(new IngestRequest(ROOM, STREAM, plan.media(), plan.remote()), LISTENER)
            .join();
    peer.acceptAnswer(Negotiation.answer(plan, endpoint.localTransport(), 1).write());
    peer.awaitConnected(CONNECT_LIMIT);
    return peer;
  }

  private CountingPlayer watch() throws SdpException, NegotiationException {
    TestPeer peer = TestPeer.open();
    EgressPlan plan =
        Negotiation.planEgress(
            SessionDescription.parse(peer.offer(OfferSpec.player(Codec.VP8))),
            bridge.capabilities(),
            NegotiationRules.LENIENT,
            List.of());
    EgressEndpoint endpoint =
        bridge
            .openEgress(
                new EgressRequest(
                    ROOM, Optional.of(STREAM), plan.media(), Optional.of(plan.remote())),
                LISTENER)
            .join();
    peer.acceptAnswer(
        Negotiation.answer(plan, endpoint.localTransport(), endpoint.sources(), 1).write());
    peer.awaitConnected(CONNECT_LIMIT);
    return new CountingPlayer(peer, endpoint, endpoint.sources().get(1).ssrc());
  }
}
