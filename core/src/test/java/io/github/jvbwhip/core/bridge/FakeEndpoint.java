package io.github.jvbwhip.core.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What both of the fake bridge's endpoints have in common, and what a test can make them do. */
public abstract class FakeEndpoint implements BridgeEndpoint {

  /** One ICE restart as the bridge saw it. */
  public record Restart(IceCredentials remote, List<IceCandidate> candidates) {}

  final FakeBridge bridge;
  final RoomName room;
  private final String id;
  private final EndpointListener listener;
  private final List<IceCandidate> remoteCandidates = new ArrayList<>();
  private final List<Restart> restarts = new ArrayList<>();
  private final ToldCandidates told = new ToldCandidates();
  private LocalTransport local;
  private boolean endOfCandidates;
  private boolean connected;
  private long packetsReceived;
  private long bytesReceived;
  private boolean closed;
  private Optional<EndReason> ended = Optional.empty();

  FakeEndpoint(
      FakeBridge bridge,
      RoomName room,
      EndpointListener listener,
      Optional<RemoteTransport> remote) {
    this.bridge = bridge;
    this.room = room;
    this.listener = listener;
    this.id = "fake-" + bridge.nextNumber();
    this.local = bridge.newTransport(remote.map(r -> r.role().opposite()));
    remote.ifPresent(r -> remoteCandidates.addAll(r.candidates()));
    remote.ifPresent(r -> told.add(r.candidates()));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public LocalTransport localTransport() {
    synchronized (bridge) {
      return local;
    }
  }

  @Override
  public void addRemoteCandidates(List<IceCandidate> candidates, boolean endOfCandidates) {
    synchronized (bridge) {
      if (!isLive()) {
        return;
      }
      told.add(candidates);
      for (IceCandidate candidate : candidates) {
        boolean usable =
            candidate.protocol() == IceCandidate.Protocol.UDP
                && !candidate.address().endsWith(".local");
        if (usable && !remoteCandidates.contains(candidate)) {
          remoteCandidates.add(candidate);
        }
      }
      this.endOfCandidates |= endOfCandidates;
    }
  }

  @Override
  public LocalTransport restartIce(IceCredentials remote, List<IceCandidate> candidates)
      throws BridgeException {
    synchronized (bridge) {
      if (!isLive()) {
        throw new BridgeException(BridgeException.Reason.ENDED, "The endpoint has ended.");
      }
      bridge.checkRestart();
      restarts.add(new Restart(remote, List.copyOf(candidates)));
      remoteCandidates.clear();
      endOfCandidates = false;
      local = bridge.newTransport(local.role());
      addRemoteCandidates(candidates, false);
      return local;
    }
  }

  @Override
  public EndpointStats stats() {
    synchronized (bridge) {
      return new EndpointStats(
          connected, packetsReceived, bytesReceived, 0, 0, 0, 0, OptionalLong.empty());
    }
  }

  @Override
  public Optional<SelectedPair> pair() {
    synchronized (bridge) {
      IceCandidate host = local.candidates().get(0);
      return connected
          ? Optional.of(
              told.typed(
                  new SelectedPair(
                      host.address(), host.port(), "192.0.2.9", 50009, host.protocol())))
          : Optional.empty();
    }
  }

  @Override
  public void close() {
    synchronized (bridge) {
      if (isLive()) {
        closed = true;
        connected = false;
        bridge.remove(this);
      }
    }
  }

  /** Plays a client whose ICE and DTLS come up. */
  public void connectPeer() {
    synchronized (bridge) {
      if (isLive() && !connected) {
        connected = true;
        listener.connected();
        bridge.roomChanged(room);
      }
    }
  }

  /** Scripts how many packets came from the client. */
  public void setPacketsReceived(long packets) {
    synchronized (bridge) {
      packetsReceived = packets;
    }
  }

  /** Scripts how many bytes came from the client. */
  public void setBytesReceived(long bytes) {
    synchronized (bridge) {
      bytesReceived = bytes;
    }
  }

  /** Plays an endpoint that ends by itself. */
  public void end(EndReason reason, String detail) {
    synchronized (bridge) {
      if (isLive()) {
        ended = Optional.of(reason);
        connected = false;
        bridge.remove(this);
        listener.ended(reason, detail);
      }
    }
  }

  /** The room that it was opened in. */
  public RoomName room() {
    return room;
  }

  /** The usable candidates known so far, without duplicates. */
  public List<IceCandidate> remoteCandidates() {
    synchronized (bridge) {
      return List.copyOf(remoteCandidates);
    }
  }

  /** Whether the client said that no more candidates come. */
  public boolean endOfCandidates() {
    synchronized (bridge) {
      return endOfCandidates;
    }
  }

  /** The restarts that were done, oldest first. */
  public List<Restart> restarts() {
    synchronized (bridge) {
      return List.copyOf(restarts);
    }
  }

  /** Whether {@link #close} was called while it was live. */
  public boolean isClosed() {
    synchronized (bridge) {
      return closed;
    }
  }

  /** Whether it is neither closed nor ended. */
  public boolean isLive() {
    synchronized (bridge) {
      return !closed && ended.isEmpty();
    }
  }

  boolean isConnected() {
    return connected;
  }

  final void resolveRole(DtlsRole role) {
    local =
        new LocalTransport(
            local.credentials(), local.candidates(), local.fingerprints(), Optional.of(role));
  }
}
