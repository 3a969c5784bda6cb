package io.github.jvbwhip.jvb;

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
import io.github.jvbwhip.core.metrics.PacketTotals;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.jvb.RoomConference.Place;
import io.github.jvbwhip.jvb.host.Allocation;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import io.github.jvbwhip.jvb.host.HostEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What publishers' and players' endpoints share: transport, life and counters. Thread-safe; what
 * decides runs in the room's line of decisions.
 */
abstract class JvbEndpoint implements BridgeEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(JvbEndpoint.class);

  private final Place place;
  private final Surroundings room;
  private final EndpointListener listener;
  private final SessionCalls calls;
  private final TransportSides sides;
  private final ToldCandidates told = new ToldCandidates();
  private volatile long connectedNanos;
  private volatile boolean connected;
  private volatile boolean ended;
  private volatile boolean alerted;
  private boolean iceCompleted;
  private final long openedNanos;
  private PacketTotals counted = PacketTotals.NONE;
  private final ConnectDeadlines deadlines = new ConnectDeadlines();

  JvbEndpoint(
      Place place, Surroundings room, @Nullable RemoteTransport remote, EndpointListener listener) {
    this.place = place;
    this.room = room;
    this.listener = listener;
    this.sides = new TransportSides(place.allocation().transport(), remote);
    this.calls = room.calls().of(this::failed);
    if (remote != null) {
      told.add(remote.candidates());
    }
    this.openedNanos = room.tasks().nanoTime();
  }

  /** The endpoint with its hooks. */
  abstract HostEndpoint link();

  /** Which of the two it is, for the metrics. */
  abstract SessionMetrics.Kind kind();

  Place place() {
    return place;
  }

  Surroundings room() {
    return room;
  }

  /** Its own calls to the bridge. */
  SessionCalls calls() {
    return calls;
  }

  /** What a call threw that is no answer. */
  private void failed(Throwable fault) {
    LOG.error("Endpoint {}: a call to the bridge failed", id(), fault);
    endLater("a fault in the bridge: " + fault);
  }

  private void unanswered() {
    endLater("the bridge does not answer");
  }

  private void endLater(String detail) {
    room.tasks().execute(() -> end(EndReason.INTERNAL, detail));
  }

  private Allocation allocation() {
    return place.allocation();
  }

  @Override
  public String id() {
    return allocation().endpointId();
  }

  @Override
  public LocalTransport localTransport() {
    return sides.local();
  }

  boolean isConnected() {
    return connected;
  }

  /** When it was connected, once {@link #isConnected}. */
  long connectedNanos() {
    return connectedNanos;
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * Throws when there is nothing left to change. The bridge tells nobody that it expires an
   * endpoint or a conference, so this may be known before {@link #watch} has come to it.
   */
  void requireLive() throws BridgeException {
    if (ended || link().isExpired()) {
      throw gone();
    }
  }

  private static BridgeException gone() {
    return new BridgeException(BridgeException.Reason.ENDED, "The session has ended.");
  }

  boolean hasRemote() {
    return sides.hasRemote();
  }

  /** The client's side has become known. Waits for the bridge. */
  void connectTransport(RemoteTransport answer) throws BridgeException {
    told.add(answer.candidates());
    sides.answered(
        calls.await(
            () -> {
              allocation().connect(answer);
              return answer;
            },
            this::unanswered));
  }

  /** The bridge is told of none: it finds those that the client's checks come from. */
  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {
    told.add(candidates);
  }

  @Override
  public LocalTransport restartIce(IceCredentials credentials, List<IceCandidate> candidates)
      throws BridgeException {
    requireLive();
    told.add(candidates);
    RemoteTransport update = sides.remote(credentials, candidates).orElseThrow(JvbEndpoint::gone);
    BridgeTransport fresh = calls.await(() -> restart(update), this::unanswered);
    return sides.restarted(update, fresh);
  }

  private BridgeTransport restart(RemoteTransport update) throws BridgeException {
    Optional<BridgeTransport> transport = allocation().restartIce();
    requireLive();
    // A bridge that keeps the connection it has answers with the credentials of before.
    BridgeTransport fresh =
        transport
            .filter(t -> t.generation().isPresent())
            .filter(t -> !t.credentials().equals(sides.local().credentials()))
            .orElseThrow(
                () ->
                    new BridgeException(
                        BridgeException.Reason.RESTART_REFUSED,
                        "The bridge does not restart ICE now."));
    allocation().update(update, fresh.generation().orElseThrow());
    return fresh;
  }

  @Override
  public EndpointStats stats() {
    return link().stats(connected && !ended);
  }

  @Override
  public Optional<SelectedPair> pair() {
    return ended ? Optional.empty() : link().pair().map(told::typed);
  }

  @Override
  public void close() {
    close(Allocation::expire);
  }

  /** Frees the endpoint in that way. */
  void close(Consumer<Allocation> freeing) {
    if (markEnded()) {
      free("closed", freeing);
    }
  }

  private synchronized boolean markEnded() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Ends the endpoint from the bridge's side. Decides. */
  public void end(EndReason reason, String detail) {
    if (markEnded()) {
      LOG.info("Endpoint {} ended: {}, {}", id(), reason, detail);
      free(reason.name(), Allocation::expire);
      try {
        listener.ended(reason, detail);
      } catch (RuntimeException | Error e) {
        LOG.error("Endpoint {}: nobody was told of its end", id(), e);
      }
    }
  }

  /** Frees what the bridge has allocated, before it allocates anything for whoever comes next. */
  private void free(String reason, Consumer<Allocation> freeing) {
    Farewell farewell =
        new Farewell(place, link(), kind() == SessionMetrics.Kind.WHIP, freeing, room.freed());
    inSpiteOfFaults(() -> room.left().accept(this));
    calls.call(
        () -> {
          inSpiteOfFaults(link()::detach);
          inSpiteOfFaults(this::countPackets);
        });
    calls.lookLater(room.tasks());
    room.tasks()
        .call(
            () -> {
              inSpiteOfFaults(() -> room.metrics().ended(kind(), reason));
              room.farewells().say(farewell);
            });
  }

  /** What the bridge has allocated has to be freed, whatever else goes wrong. */
  private void inSpiteOfFaults(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("Endpoint {}: a fault at its end", id(), e);
    }
  }

  /** Which of the states of a session it is in, for the metrics. */
  SessionMetrics.State state() {
    if (connected) {
      return SessionMetrics.State.CONNECTED;
    }
    return hasRemote() ? SessionMetrics.State.CONNECTING : SessionMetrics.State.OFFERED;
  }

  /** Tells the metrics the packets since the call before. */
  synchronized void countPackets() {
    PacketTotals now = link().totals();
    room.metrics().packets(kind(), now.since(counted));
    counted = now;
  }

  /** DTLS is up: what waits for that is not to wait for the next tick too. Any thread. */
  void secured() {
    room.tasks().execute(() -> watch(false, room.tasks().nanoTime()));
  }

  /** The client may have ended DTLS. Any thread. */
  void alerted() {
    alerted = true;
  }

  /**
   * Looks after the endpoint, a few times a second. Once it is connected, the bridge is asked for
   * nothing but that of which there was a sign. Decides.
   *
   * @param expired whether an endpoint of the conference may have been expired
   */
  void watch(boolean expired, long nowNanos) {
    if (ended) {
      return;
    }
    if (calls.isHanging(nowNanos)) {
      end(EndReason.INTERNAL, "the bridge does not answer");
      return;
    }
    if (iceCompleted && !alerted && !expired) {
      return;
    }
    HostEndpoint.Transport transport = link().transport();
    if (transport == HostEndpoint.Transport.ICE_FAILED) { // First: the bridge expires it too.
      end(EndReason.ICE_FAILED, "no candidate pair worked; advertised " + advertised());
    } else if (link().isExpired()) {
      end(EndReason.EXPIRED, "the bridge expired the endpoint");
    } else if (!connected) {
      watchConnecting(transport, nowNanos);
    } else if (link().hasLeft(nowNanos)) {
      end(EndReason.DTLS_CLOSED, "the client closed DTLS");
    } else {
      iceCompleted = link().isIceCompleted();
    }
  }

  private String advertised() {
    return sides.local().candidates().stream()
        .map(c -> c.address() + ":" + c.port())
        .toList()
        .toString();
  }

  private void watchConnecting(HostEndpoint.Transport transport, long nowNanos) {
    if (transport == HostEndpoint.Transport.CONNECTED) {
      connectedNanos = nowNanos;
      connected = true;
      room.metrics().connected(room.tasks().nanoTime() - openedNanos);
      listener.connected();
      room.changed().run();
    } else if (deadlines.isIceTooLate(transport, hasRemote(), nowNanos)) {
      end(EndReason.ICE_FAILED, "the client began no checks; advertised " + advertised());
    } else if (deadlines.isDtlsTooLate(transport, nowNanos)) {
      end(EndReason.DTLS_FAILED, "ICE is up, and DTLS is not");
    }
  }
}
