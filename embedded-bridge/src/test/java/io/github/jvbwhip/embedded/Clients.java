package io.github.jvbwhip.embedded;

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
import io.github.jvbwhip.testpeer.PeerOptions;
import io.github.jvbwhip.testpeer.TestPeer;
import io.github.jvbwhip.testpeer.sdp.OfferSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Connects test peers to a bridge as the plugins do, without HTTP in between. */
final class Clients implements AutoCloseable {
  static final RoomName ROOM = new RoomName("room");
  static final Duration LIMIT = Duration.ofSeconds(40);

  private final EmbeddedBridge bridge;
  private final List<TestPeer> peers = new ArrayList<>();

  Clients(EmbeddedBridge bridge) {
    this.bridge = bridge;
  }

  /** Keeps why a session ended. */
  static final class Ending implements EndpointListener {
    final CompletableFuture<EndReason> reason = new CompletableFuture<>();

    @Override
    public void connected() {}

    @Override
    public void ended(EndReason why, String detail) {
      reason.complete(why);
    }
  }

  record PublishingPeer(TestPeer peer, IngestEndpoint endpoint, Ending ending) {}

  record PlayingPeer(TestPeer peer, EgressEndpoint endpoint) {
    long videoSsrc() {
      return endpoint.sources().get(1).ssrc();
    }
  }

  PublishingPeer publish(String stream, OfferSpec spec) throws Exception {
    return publish(stream, spec, PeerOptions.defaults());
  }

  PublishingPeer publish(String stream, OfferSpec spec, PeerOptions options) throws Exception {
    return publish(stream, spec, open(options));
  }

  PublishingPeer publish(String stream, OfferSpec spec, TestPeer peer) throws Exception {
    IngestPlan plan =
        Negotiation.planIngest(
            SessionDescription.parse(peer.offer(spec)),
            bridge.capabilities(),
            NegotiationRules.LENIENT);
    Ending ending = new Ending();
    IngestEndpoint endpoint =
        bridge
            .openIngest(
                new IngestRequest(ROOM, new StreamName(stream), plan.media(), plan.remote()),
                ending)
            .join();
    peer.acceptAnswer(Negotiation.answer(plan, endpoint.localTransport(), 1).write());
    peer.awaitConnected(LIMIT);
    return new PublishingPeer(peer, endpoint, ending);
  }

  PlayingPeer watch(String stream, OfferSpec spec) throws Exception {
    return watch(stream, spec, PeerOptions.defaults());
  }

  /**
   * @param stream the pinned stream; empty for the stage
   */
  PlayingPeer watch(String stream, OfferSpec spec, PeerOptions options)
      throws SdpException, NegotiationException {
    TestPeer peer = open(options);
    EgressPlan plan =
        Negotiation.planEgress(
            SessionDescription.parse(peer.offer(spec)),
            bridge.capabilities(),
            NegotiationRules.LENIENT,
            List.of());
    EgressEndpoint endpoint =
        bridge
            .openEgress(
                new EgressRequest(
                    ROOM, StreamName.of(stream), plan.media(), Optional.of(plan.remote())),
                new Ending())
            .join();
    peer.acceptAnswer(
        Negotiation.answer(plan, endpoint.localTransport(), endpoint.sources(), 1).write());
    peer.awaitConnected(LIMIT);
    return new PlayingPeer(peer, endpoint);
  }

  TestPeer open(PeerOptions options) {
    TestPeer peer = TestPeer.open(options);
    peers.add(peer);
    return peer;
  }

  @Override
  public void close() {
    peers.forEach(TestPeer::close);
  }
}
