package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.DtlsFarewell;
import io.github.jvbwhip.jvb.videobridge.hooks.HandshakeListener;
import io.github.jvbwhip.jvb.videobridge.hooks.IceTap;
import io.github.jvbwhip.jvb.videobridge.hooks.SelectedPairs;
import java.util.Optional;
import java.util.OptionalLong;
import org.jitsi.nlj.stats.TransceiverStats;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;

/** What the hooks on publishers' and players' endpoints share. Thread-safe. */
abstract class HookedEndpoint implements HostEndpoint {
  /** After an alert, no media for this long is a goodbye. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  private final Endpoint endpoint;
  private final Conference conference;
  private final BridgeInternals internals;
  private final IceTransport ice;
  private final IceTap tap;

  /**
   * @param secured called on a bridge thread when DTLS is up; must only enqueue
   */
  HookedEndpoint(
      Endpoint endpoint,
      Conference conference,
      BridgeInternals internals,
      IceTap tap,
      Runnable secured) {
    this.endpoint = endpoint;
    this.conference = conference;
    this.internals = internals;
    this.ice = internals.iceTransport(endpoint);
    this.tap = tap;
    HandshakeListener.attach(endpoint, internals, secured);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Conference conference() {
    return conference;
  }

  IceTap tap() {
    return tap;
  }

  @Override
  public Transport transport() {
    if (ice.hasFailed()) {
      return Transport.ICE_FAILED;
    }
    if (endpoint.getTransceiver().getSrtpTransformers() != null) {
      return Transport.CONNECTED;
    }
    return ice.isConnected() ? Transport.ICE_CONNECTED : Transport.CHECKING;
  }

  @Override
  public boolean isIceCompleted() {
    return ice.isConnected();
  }

  @Override
  public boolean isExpired() {
    return endpoint.isExpired() || conference.isExpired();
  }

  @Override
  public boolean hasLeft(long nowNanos) {
    return tap.isEnded(nowNanos, QUIET_NANOS);
  }

  @Override
  public boolean sayFarewell() {
    return endpoint.isExpired() || DtlsFarewell.say(endpoint, internals);
  }

  @Override
  public void detach() {
    tap.close();
  }

  /**
   * ice4j's agents are finalized (their memory is kept until a collection of the old generation,
   * and then until the next), and its timers may hold them longer. They refer to this transport.
   */
  @Override
  public void letGo() {
    ice.incomingDataHandler = null;
    ice.eventHandler = null;
  }

  @Override
  public Optional<SelectedPair> pair() {
    return SelectedPairs.of(internals.agents(endpoint));
  }

  @Override
  public EndpointStats stats(boolean connected) {
    TransceiverStats stats = endpoint.getTransceiver().getTransceiverStats();
    double rtt = stats.getEndpointConnectionStats().getRtt();
    long lost =
        stats.getEndpointConnectionStats().getIncomingLossStats().getPacketsLost()
            + stats.getEndpointConnectionStats().getOutgoingLossStats().getPacketsLost();
    return new EndpointStats(
        connected,
        stats.getRtpReceiverStats().getPacketStreamStats().getPackets(),
        stats.getRtpReceiverStats().getPacketStreamStats().getBytes(),
        stats.getOutgoingPacketStreamStats().getPackets(),
        stats.getOutgoingPacketStreamStats().getBytes(),
        lost,
        0,
        rtt > 0 ? OptionalLong.of((long) (rtt * 1000)) : OptionalLong.empty());
  }
}
