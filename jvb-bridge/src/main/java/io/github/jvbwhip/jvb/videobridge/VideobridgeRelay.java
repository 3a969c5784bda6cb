package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.relay.RelayLink;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.RelayAllocation;
import io.github.jvbwhip.jvb.host.RelayedEndpoint;
import io.github.jvbwhip.jvb.videobridge.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.videobridge.colibri.ConferenceKey;
import io.github.jvbwhip.jvb.videobridge.colibri.RelayRequests;
import io.github.jvbwhip.jvb.videobridge.hooks.BridgeInternals;
import io.github.jvbwhip.jvb.videobridge.hooks.HandshakeListener;
import io.github.jvbwhip.jvb.videobridge.hooks.RelayTap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jitsi.nlj.stats.PacketStreamStats;
import org.jitsi.nlj.stats.TransceiverStats;
import org.jitsi.videobridge.Conference;
import org.jitsi.videobridge.relay.Relay;
import org.jitsi.videobridge.relay.RelayEndpointSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Relay} that the plugin has allocated by Colibri2. Thread-safe. */
record VideobridgeRelay(
    Colibri colibri,
    BridgeInternals internals,
    ConferenceKey key,
    Conference conference,
    Relay relay,
    BridgeTransport transport,
    RelayTap tap)
    implements RelayAllocation {
  private static final Logger LOG = LoggerFactory.getLogger(VideobridgeRelay.class);

  /**
   * Before anything can come over it.
   *
   * @param secured called on a bridge thread when media can flow; must only enqueue
   */
  static VideobridgeRelay of(
      Colibri colibri,
      BridgeInternals internals,
      ConferenceKey key,
      Conference conference,
      Relay relay,
      BridgeTransport transport,
      Runnable secured) {
    HandshakeListener.attach(relay, internals, secured);
    return new VideobridgeRelay(
        colibri,
        internals,
        key,
        conference,
        relay,
        transport,
        RelayTap.attach(relay, internals, System::nanoTime));
  }

  /** Why the bridge has no relay for the plugin, in words for whoever configures it. */
  static BridgeException exception(ColibriResponse.Refused refused) {
    if (refused.reason() == ColibriResponse.Reason.NOT_SUPPORTED) {
      return notConfigured(
          "videobridge.relay.enabled and videobridge.relay.relay-id have to be set");
    }
    if (refused.detail().contains(UnsupportedOperationException.class.getName())) {
      return notConfigured("videobridge.websockets.enabled has to be true, where SCTP is off");
    }
    LOG.warn("No relay: {}", refused.detail());
    return Colibri.exception(refused);
  }

  private static BridgeException notConfigured(String what) {
    return new BridgeException(
        BridgeException.Reason.REFUSED, "This bridge cannot be linked to others: " + what + ".");
  }

  @Override
  public void connect(RemoteTransport remote) throws BridgeException {
    ColibriResponse response =
        colibri.send(id -> RelayRequests.connect(id, key, relay.getId(), remote));
    if (response instanceof ColibriResponse.Refused refused) {
      throw isExpired()
          ? new BridgeException(BridgeException.Reason.ENDED, "The link has ended.")
          : Colibri.exception(refused);
    }
  }

  @Override
  public Optional<String> announce(List<RelayedEndpoint> changes) {
    ColibriResponse response =
        colibri.send(id -> RelayRequests.announce(id, key, relay.getId(), changes));
    return response instanceof ColibriResponse.Refused refused
        ? Optional.of(refused.detail())
        : Optional.empty();
  }

  @Override
  public boolean isExpired() {
    return conference.isExpired() || conference.getRelay(relay.getId()) != relay;
  }

  /** Its DTLS begins when its ICE has found a way, and is a matter of milliseconds then. */
  @Override
  public boolean isConnected() {
    return internals.isSecured(relay).orElseGet(() -> sinceConsentNanos() != Long.MAX_VALUE);
  }

  @Override
  public RelayLink.Stats stats() {
    TransceiverStats own = relay.getTransceiver().getTransceiverStats();
    long packetsSent = relay.getStatistics().getPacketsSent().get();
    long bytesSent = relay.getStatistics().getBytesSent().get();
    packetsSent += own.getOutgoingPacketStreamStats().getPackets();
    bytesSent += own.getOutgoingPacketStreamStats().getBytes();
    for (RelayEndpointSender sender : internals.senders(relay)) {
      PacketStreamStats.Snapshot sent = sender.getOutgoingStats();
      packetsSent += sent.getPackets();
      bytesSent += sent.getBytes();
    }
    double rtt = own.getEndpointConnectionStats().getRtt();
    return new RelayLink.Stats(
        isConnected() && !isExpired(),
        Math.min(tap.idleNanos(), sinceConsentNanos()),
        tap.packets(),
        tap.bytes(),
        packetsSent,
        bytesSent,
        rtt > 0 ? OptionalLong.of((long) (rtt * 1000)) : OptionalLong.empty());
  }

  /** By the clock that the bridge measures by; very long ago where there was none. */
  private long sinceConsentNanos() {
    Instant last = relay.getTransceiver().getPacketIOActivity().getLastIceActivityInstant();
    return last.getEpochSecond() <= 0
        ? Long.MAX_VALUE
        : Math.max(0, Duration.between(last, Instant.now()).toNanos());
  }

  @Override
  public void expire() {
    ColibriResponse response = colibri.send(id -> RelayRequests.expire(id, key, relay.getId()));
    if (response instanceof ColibriResponse.Refused refused) {
      LOG.debug("Relay {} was gone already: {}", relay.getId(), refused.detail());
      if (conference.getRelay(relay.getId()) == relay) {
        relay.expire(); // It may outlive its conference.
      }
    }
    tap.letGo();
  }
}
