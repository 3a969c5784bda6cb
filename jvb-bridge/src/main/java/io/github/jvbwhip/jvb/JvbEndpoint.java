package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.colibri.ColibriRequests;
import io.github.jvbwhip.jvb.colibri.ColibriResponse;
import io.github.jvbwhip.jvb.colibri.ColibriResponse.BridgeTransport;
import io.github.jvbwhip.jvb.hooks.DtlsFarewell;
import io.github.jvbwhip.jvb.hooks.IceTap;
import io.github.jvbwhip.jvb.media.PacketTotals;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jitsi.nlj.stats.TransceiverStats;
import org.jitsi.videobridge.Endpoint;
import org.jitsi.videobridge.transport.ice.IceTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What publishers' and players' endpoints share: transport, life and counters. Thread-safe. */
abstract class JvbEndpoint implements BridgeEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(JvbEndpoint.class);

  /** After an alert, no media for this long is a goodbye. */
  private static final long QUIET_NANOS = 1_000_000_000L;

  /** ICE is up, and no DTLS for this long. */
  private static final long DTLS_TIMEOUT_NANOS = 20_000_000_000L;

  /** How long an ended session waits for its handshake, to tell the client of the end. */
  private static final long FAREWELL_NANOS = 3_000_000_000L;

  private static final long FAREWELL_RETRY_NANOS = 20_000_000L;

  private final JvbRoom room;
  private final EndpointContext context;
  private final IceTransport ice;
  private final EndpointListener listener;
  private final IceTap tap;
  private volatile LocalTransport local;
  private volatile @Nullable RemoteTransport remote;
  private volatile boolean connected;
  private volatile boolean ended;
  private final long openedNanos = System.nanoTime();
  private PacketTotals counted = PacketTotals.NONE;
  private long iceUpNanos;

  JvbEndpoint(
      JvbRoom room,
      EndpointContext context,
      IceTransport ice,
      IceTap tap,
      @Nullable RemoteTransport remote,
      EndpointListener listener) {
    this.room = room;
    this.context = context;
    this.ice = ice;
    this.tap = tap;
    this.remote = remote;
    this.listener = listener;
    this.local = withRole(context.localTransport(), remote);
  }

  private static LocalTransport withRole(LocalTransport local, @Nullable RemoteTransport remote) {
    Optional<DtlsRole> role = Optional.ofNullable(remote).map(r -> r.role().opposite());
    return new LocalTransport(local.credentials(), local.candidates(), local.fingerprints(), role);
  }

  JvbRoom room() {
    return room;
  }

  EndpointContext context() {
    return context;
  }

  Endpoint endpoint() {
    return context.endpoint();
  }

  IceTap tap() {
    return tap;
  }

  @Override
  public String id() {
    return context.endpoint().getId();
  }

  @Override
  public LocalTransport localTransport() {
    return local;
  }

  boolean isConnected() {
    return connected;
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * Throws when there is nothing left to change. The bridge tells nobody that it expires an
   * endpoint or a conference, so this may be known before {@link #watch} has come to it.
   */
  void requireLive() throws BridgeException {
    if (isGone()) {
      throw new BridgeException(BridgeException.Reason.ENDED, "The session has ended.");
    }
  }

  private boolean isGone() {
    return ended || endpoint().isExpired() || context.conference().isExpired();
  }

  boolean hasRemote() {
    return remote != null;
  }

  /** The client's side has become known. */
  void connectTransport(RemoteTransport answer) throws BridgeException {
    ColibriResponse response =
        room.send(id -> ColibriRequests.connect(id, context.key(), id(), answer));
    if (response instanceof ColibriResponse.Refused refused) {
      throw Conferences.exception(refused);
    }
    remote = answer;
    local = withRole(local, answer);
  }

  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {
    RemoteTransport known = remote;
    List<IceCandidate> usable =
        candidates.stream().filter(c -> c.protocol() == IceCandidate.Protocol.UDP).toList();
    if (ended || known == null || usable.isEmpty() || connected) {
      return;
    }
    sendUpdate(
        new RemoteTransport(known.credentials(), usable, known.fingerprints(), known.role()),
        OptionalInt.empty());
  }

  private void sendUpdate(RemoteTransport update, OptionalInt generation) {
    ColibriResponse response =
        room.send(id -> ColibriRequests.candidates(id, context.key(), id(), update, generation));
    if (response instanceof ColibriResponse.Refused refused) {
      LOG.debug("Endpoint {}: candidates not taken: {}", id(), refused.detail());
    }
  }

  @Override
  public LocalTransport restartIce(IceCredentials credentials, List<IceCandidate> candidates)
      throws BridgeException {
    requireLive();
    RemoteTransport known = remote;
    if (known == null) {
      throw new BridgeException(BridgeException.Reason.ENDED, "The session has ended.");
    }
    BridgeTransport fresh = requestRestart();
    RemoteTransport update =
        new RemoteTransport(credentials, candidates, known.fingerprints(), known.role());
    sendUpdate(update, fresh.generation());
    remote = update;
    local =
        new LocalTransport(
            fresh.credentials(), fresh.candidates(), local.fingerprints(), local.role());
    return local;
  }

  private BridgeTransport requestRestart() throws BridgeException {
    Optional<BridgeTransport> transport = Optional.empty();
    try {
      ColibriResponse response = room.send(id -> ColibriRequests.restart(id, context.key(), id()));
      if (response instanceof ColibriResponse.Done done) {
        transport = done.transport();
      }
    } catch (NoSuchMethodError e) {
      LOG.info("This bridge cannot restart ICE: it is older than that");
    }
    requireLive();
    // A bridge that keeps the connection it has answers with the credentials of before.
    return transport
        .filter(t -> t.generation().isPresent())
        .filter(t -> !t.credentials().equals(local.credentials()))
        .orElseThrow(
            () ->
                new BridgeException(
                    BridgeException.Reason.RESTART_REFUSED,
                    "The bridge does not restart ICE now."));
  }

  @Override
  public EndpointStats stats() {
    TransceiverStats stats = endpoint().getTransceiver().getTransceiverStats();
    double rtt = stats.getEndpointConnectionStats().getRtt();
    long lost =
        stats.getEndpointConnectionStats().getIncomingLossStats().getPacketsLost()
            + stats.getEndpointConnectionStats().getOutgoingLossStats().getPacketsLost();
    return new EndpointStats(
        connected && !ended,
        stats.getRtpReceiverStats().getPacketStreamStats().getPackets(),
        stats.getRtpReceiverStats().getPacketStreamStats().getBytes(),
        stats.getOutgoingPacketStreamStats().getPackets(),
        stats.getOutgoingPacketStreamStats().getBytes(),
        lost,
        0,
        rtt > 0 ? OptionalLong.of((long) (rtt * 1000)) : OptionalLong.empty());
  }

  @Override
  public void close() {
    if (markEnded()) {
      free("closed");
      room.leave(this);
    }
  }

  private synchronized boolean markEnded() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Frees what the bridge has allocated. */
  private void free(String reason) {
    tap.close();
    countPackets();
    JvbMetrics.get().ended(kind(), reason);
    sayFarewell(System.nanoTime() + FAREWELL_NANOS);
  }

  /**
   * Tells the client, then expires the endpoint. The client can see the handshake done before the
   * bridge does, and end the session in between: then the bridge hears it out first.
   */
  private void sayFarewell(long deadlineNanos) {
    if (!endpoint().isExpired()) {
      boolean shakingHands =
          !DtlsFarewell.say(endpoint())
              && ice.isConnected()
              && System.nanoTime() - deadlineNanos < 0;
      if (shakingHands && room.later(FAREWELL_RETRY_NANOS, () -> sayFarewell(deadlineNanos))) {
        return;
      }
      ColibriResponse response = room.expire(context.key(), id());
      if (response instanceof ColibriResponse.Refused refused) {
        LOG.debug("Endpoint {} was gone already: {}", id(), refused.detail());
        endpoint().expire(); // It may outlive its conference; to expire it twice does no harm.
      }
    }
    room.disclaim(id());
  }

  /** Which of the two it is, for the metrics. */
  abstract JvbMetrics.Kind kind();

  /** What became of its packets so far. */
  abstract PacketTotals packetTotals();

  /** Which of the states of a session it is in, for the metrics. */
  JvbMetrics.State state() {
    if (connected) {
      return JvbMetrics.State.CONNECTED;
    }
    return hasRemote() ? JvbMetrics.State.CONNECTING : JvbMetrics.State.OFFERED;
  }

  /** Tells the metrics the packets since the call before. */
  synchronized void countPackets() {
    PacketTotals now = packetTotals();
    JvbMetrics.get().packets(kind(), now.since(counted));
    counted = now;
  }

  /** Ends the endpoint from the bridge's side. Called on the control thread. */
  void end(EndReason reason, String detail) {
    if (markEnded()) {
      LOG.info("Endpoint {} ended: {}, {}", id(), reason, detail);
      free(reason.name());
      room.leave(this);
      listener.ended(reason, detail);
    }
  }

  /** Looks after the endpoint. Called on the control thread, a few times a second. */
  void watch(long nowNanos) {
    if (ended) {
      return;
    }
    if (ice.hasFailed()) { // First: the bridge expires such an endpoint too.
      end(EndReason.ICE_FAILED, "no candidate pair worked; advertised " + advertised());
    } else if (isGone()) {
      end(EndReason.EXPIRED, "the bridge expired the endpoint");
    } else if (!connected) {
      watchConnecting(nowNanos);
    } else if (tap.isEnded(nowNanos, QUIET_NANOS)) {
      end(EndReason.DTLS_CLOSED, "the client closed DTLS");
    }
  }

  private String advertised() {
    return local.candidates().stream().map(c -> c.address() + ":" + c.port()).toList().toString();
  }

  private void watchConnecting(long nowNanos) {
    if (endpoint().getTransceiver().getSrtpTransformers() != null) {
      connected = true;
      JvbMetrics.get().connected(System.nanoTime() - openedNanos);
      listener.connected();
      room.connected(this);
    } else if (ice.isConnected()) {
      if (iceUpNanos == 0) {
        iceUpNanos = nowNanos;
      } else if (nowNanos - iceUpNanos > DTLS_TIMEOUT_NANOS) {
        end(EndReason.DTLS_FAILED, "ICE is up, and DTLS is not");
      }
    }
  }
}
