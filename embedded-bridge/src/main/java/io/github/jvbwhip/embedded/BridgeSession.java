package io.github.jvbwhip.embedded;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.EndpointListener;
import io.github.jvbwhip.core.bridge.EndpointStats;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.bridge.SelectedPair;
import io.github.jvbwhip.core.bridge.ToldCandidates;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionCensus;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.embedded.forward.LossCounters;
import io.github.jvbwhip.embedded.transport.MediaTransport;
import io.github.jvbwhip.embedded.transport.TransportListener;
import io.github.jvbwhip.embedded.transport.TransportStats;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publisher's or player's session: its transport on one side, its place in a room on the other.
 * It ends once, whoever ends it.
 */
abstract class BridgeSession implements BridgeEndpoint, TransportListener {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeSession.class);

  private final String id;
  private final EndpointListener listener;
  private final Executor events;
  private final TransportSink sink;
  private final SessionTally tally;
  private final ToldCandidates told = new ToldCandidates();
  private final long begun = System.nanoTime();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean silenced;
  private volatile boolean connected;
  private volatile @Nullable MediaTransport transport;

  /**
   * @param events serial; runs the listener's calls, and ends the session when the room has failed
   */
  BridgeSession(
      String id,
      EndpointListener listener,
      Executor events,
      TransportSink sink,
      SessionTally tally) {
    this.id = id;
    this.listener = listener;
    this.events = events;
    this.sink = sink;
    this.tally = tally;
  }

  /** Makes a session's transport, or has it already. */
  @FunctionalInterface
  interface Transports {
    MediaTransport make(Optional<RemoteTransport> remote, TransportListener listener)
        throws BridgeException;
  }

  /** Makes the transport; called once, before the session is handed out. */
  final void open(Transports transports, Optional<RemoteTransport> remote) throws BridgeException {
    remote.ifPresent(client -> told.add(client.candidates()));
    MediaTransport made = transports.make(remote, this);
    transport = made;
    sink.attach(made);
    var unused = sink.fault().thenAcceptAsync(this::fail, events);
    if (over.get()) {
      made.close();
    }
  }

  final MediaTransport transport() {
    MediaTransport made = transport;
    if (made == null) {
      throw new IllegalStateException("session " + id + " is not open");
    }
    return made;
  }

  /** Leaves the room, and the bridge; called once. */
  abstract void leave();

  /** The client has told these candidates. */
  final void told(List<IceCandidate> candidates) {
    told.add(candidates);
  }

  /** Media can flow from now on. */
  abstract void join(long now);

  abstract LossCounters losses();

  /** What has become of its RTP packets in the room. */
  abstract PacketTotals totals();

  /** Whether its client's side is known. */
  abstract boolean hasRemote();

  // The metrics.

  /** It is open: for the metrics it is a session from now on. */
  final void opened() {
    tally.opened(System.nanoTime());
  }

  /** Counts it, and its packets since the call before. */
  final void measure(SessionCensus census) {
    census.add(
        tally.kind(),
        connected
            ? SessionMetrics.State.CONNECTED
            : hasRemote() ? SessionMetrics.State.CONNECTING : SessionMetrics.State.OFFERED);
    countPackets();
  }

  private void countPackets() {
    MediaTransport made = transport;
    if (made == null) {
      return;
    }
    TransportStats carried = made.stats();
    // Publishers are sent nothing but RTCP, and players send nothing else.
    tally.packets(
        tally.kind() == SessionMetrics.Kind.WHIP
            ? totals().plus(DropReason.UNREADABLE, carried.packetsRejected())
            : totals().plus(DropReason.UNSENT, carried.packetsUnsent()));
  }

  // The port.

  @Override
  public String id() {
    return id;
  }

  @Override
  public LocalTransport localTransport() {
    return transport().localTransport();
  }

  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {
    told.add(candidates); // The client is found by its checks.
  }

  @Override
  public LocalTransport restartIce(IceCredentials remote, List<IceCandidate> candidates)
      throws BridgeException {
    told.add(candidates);
    return transport().restartIce(remote);
  }

  @Override
  public EndpointStats stats() {
    TransportStats carried = transport().stats();
    LossCounters losses = losses();
    OptionalLong roundTrip =
        losses.roundTripNanos().isPresent()
            ? OptionalLong.of(losses.roundTripNanos().getAsLong() / 1000)
            : carried.roundTripMicros();
    return new EndpointStats(
        carried.connected() && !over.get(),
        carried.packetsReceived(),
        carried.bytesReceived(),
        carried.packetsSent(),
        carried.bytesSent(),
        losses.lost(),
        losses.resent(),
        roundTrip);
  }

  @Override
  public Optional<SelectedPair> pair() {
    return over.get() ? Optional.empty() : transport().pair().map(told::typed);
  }

  @Override
  public void close() {
    silenced = true;
    if (over.compareAndSet(false, true)) {
      free("closed");
    }
  }

  /** A fault in one half does not keep the other. */
  private void free(String reason) {
    try {
      leave();
    } catch (RuntimeException | Error e) {
      LOG.error("session {} could not leave its room", id, e);
    }
    MediaTransport made = transport;
    try {
      if (made != null) {
        made.close();
      }
    } finally {
      count(reason);
    }
  }

  private void count(String reason) {
    try {
      tally.ended(reason);
      countPackets();
    } catch (RuntimeException | Error e) {
      LOG.error("session {} could not be counted", id, e);
    }
  }

  /** When it was asked for, by {@link System#nanoTime}. */
  final long begun() {
    return begun;
  }

  /** Whether its client has shown that it is there. */
  final boolean isHeard() {
    MediaTransport made = transport;
    return made != null && made.isHeard();
  }

  /** Whether media can flow, or could before the session ended. */
  final boolean isConnected() {
    return connected;
  }

  final boolean isOver() {
    return over.get();
  }

  /** Ends the session from this side, and tells why. */
  final void end(EndReason reason, String detail) {
    if (over.compareAndSet(false, true)) {
      free(reason.name());
      tell(() -> listener.ended(reason, detail));
    }
  }

  /** A fault of ours costs this session, and no other. */
  final void fail(Throwable e) {
    if (!isOver()) {
      LOG.error("session {} fails", id, e);
    }
    end(EndReason.INTERNAL, "a fault inside the bridge: " + e);
  }

  // The transport.

  @Override
  public void onConnected() {
    connected = true;
    try {
      tally.connected(System.nanoTime());
      join(System.nanoTime());
    } catch (RuntimeException | Error e) {
      fail(e);
      return;
    }
    tell(listener::connected);
  }

  @Override
  public void onEnded(EndReason reason, String detail) {
    end(reason, detail);
  }

  private void tell(Runnable call) {
    events.execute(
        () -> {
          if (!silenced) {
            call.run();
          }
        });
  }
}
