package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.stun.StunMessage;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;

/**
 * ICE between two restarts (RFC 8445 §9): one ice4j agent with its credentials, on the sockets of
 * the port. Thread-safe; the listener is called on threads of ice4j.
 */
final class IceGeneration implements StunRouter.Agent {
  /** A client that names more is not looking for a connection. */
  private static final int MAX_REMOTE_CANDIDATES = 32;

  /**
   * A pace, in milliseconds, that makes the pace maker's turn its last one. ice4j cancels it at the
   * end, but one that is at work just then would go on for ever, and keep the agent in memory. Any
   * negative one but -1, by which ice4j means its own choice.
   */
  private static final long NO_MORE_CHECKS = -2;

  /** Hears how this generation fares. */
  interface Listener {
    /** An authentic check came from there: media of this client may follow. */
    default void onChecked(IceGeneration generation, MediaPath path) {}

    /** That path works in both directions; it may be used until one is selected. */
    default void onValidated(IceGeneration generation, MediaPath path) {}

    /** That path is the one to use. */
    default void onSelected(IceGeneration generation, MediaPath path) {}

    /** The peer consented to go on receiving (RFC 7675 §5.1). */
    default void onConsent(IceGeneration generation) {}

    /** Something went wrong inside the bridge. */
    default void onFault(IceGeneration generation, Throwable fault) {}
  }

  /** A listener for an agent that nobody will check. */
  static final Listener IGNORANT = new Listener() {};

  private final List<UdpSocket> sockets;
  private final StunRouter router;
  private final Listener listener;
  private final Agent agent;
  private final IceMediaStream stream;
  private final Component component;
  private final List<IceLink> links = new ArrayList<>();
  private final IceCredentials credentials;
  private final byte[] password;
  private final Set<TransportAddress> remoteAddresses = new HashSet<>();
  private final AtomicBoolean freed = new AtomicBoolean();
  private volatile boolean started;
  private volatile int usableCandidates;

  /**
   * Makes the agent and its candidates; the client may check them from now on.
   *
   * @param controlling whether the bridge nominates: it does when it made the offer
   */
  IceGeneration(
      List<UdpSocket> sockets, StunRouter router, boolean controlling, Listener listener) {
    this.sockets = sockets;
    this.router = router;
    this.listener = listener;
    this.agent = new Agent();
    agent.setControlling(controlling);
    agent.setPerformConsentFreshness(true);
    agent.setUseDynamicPorts(false);
    agent.addCandidateHarvester(new LinkHarvester());
    this.stream = agent.createMediaStream("media");
    try {
      this.component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
    } catch (IOException e) {
      agent.free();
      throw new IllegalStateException("the sockets are bound already", e);
    } catch (RuntimeException | Error e) {
      agent.free();
      throw e;
    }
    this.credentials = new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
    this.password = credentials.pwd().getBytes(StandardCharsets.US_ASCII);
    agent.addStateChangeListener(guarded(this::stateChanged));
    stream.addPairChangeListener(guarded(this::pairChanged));
    router.register(credentials.ufrag(), this);
  }

  /** Puts the agent's STUN traffic on the port's sockets. */
  private final class LinkHarvester extends AbstractCandidateHarvester {
    @Override
    public boolean isHostHarvester() {
      return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component harvested) {
      List<LocalCandidate> candidates = new ArrayList<>();
      for (UdpSocket socket : sockets) {
        IceLink link = new IceLink(socket, router, agent.getLocalPassword());
        TransportAddress address = new TransportAddress(socket.localAddress(), Transport.UDP);
        LocalCandidate candidate = new HostCandidate(address, harvested);
        agent.getStunStack().addSocket(link);
        links.add(link);
        harvested.addLocalCandidate(candidate);
        candidates.add(candidate);
      }
      return candidates;
    }
  }

  IceCredentials credentials() {
    return credentials;
  }

  /** Gives the agent its peer, and starts the checks. Once. */
  synchronized void start(IceCredentials remote, List<IceCandidate> candidates) {
    stream.setRemoteUfrag(remote.ufrag());
    stream.setRemotePassword(remote.pwd());
    links.forEach(link -> link.expectSignedBy(remote.pwd()));
    agent.getStunStack().getCredentialsManager().registerAuthority(new RemoteKey(remote.pwd()));
    addCandidates(candidates);
    started = true;
    agent.startConnectivityEstablishment();
  }

  /** Adds those candidates of the peer that are new and can be used. */
  synchronized void addCandidates(List<IceCandidate> candidates) {
    boolean added = false;
    for (IceCandidate candidate : candidates) {
      Optional<TransportAddress> address = RemoteCandidates.address(candidate);
      if (address.isEmpty()
          || remoteAddresses.size() >= MAX_REMOTE_CANDIDATES
          || !isReachable(address.get())
          || !remoteAddresses.add(address.get())) {
        continue;
      }
      RemoteCandidate remote =
          new RemoteCandidate(
              address.get(),
              component,
              RemoteCandidates.type(candidate),
              candidate.foundation(),
              candidate.priority(),
              null);
      if (started) {
        component.addUpdateRemoteCandidates(remote);
      } else {
        component.addRemoteCandidate(remote);
      }
      added = true;
    }
    usableCandidates = remoteAddresses.size();
    if (started && added) {
      component.updateRemoteCandidates();
    }
  }

  /** Whether {@link #start} has been called. */
  boolean isStarted() {
    return started;
  }

  /** How many of the peer's candidates are in use. */
  int remoteCandidates() {
    return usableCandidates;
  }

  private boolean isReachable(TransportAddress remote) {
    return sockets.stream()
        .anyMatch(
            socket -> new TransportAddress(socket.localAddress(), Transport.UDP).canReach(remote));
  }

  @Override
  public byte[] password() {
    return password;
  }

  @Override
  public void onRequest(UdpSocket socket, StunMessage request, InetSocketAddress from) {
    for (IceLink link : links) {
      if (link.socket() == socket) {
        listener.onChecked(this, new MediaPath(socket, from));
        link.deliver(request, from);
        return;
      }
    }
  }

  /** The last round-trip time that a check over this path's socket has told. */
  OptionalLong roundTripMicros(MediaPath path) {
    for (IceLink link : links) {
      if (link.socket() == path.socket()) {
        return link.roundTripMicros();
      }
    }
    return OptionalLong.empty();
  }

  /** What we do wrong is not to end threads of ice4j, which serve all sessions. */
  private PropertyChangeListener guarded(PropertyChangeListener ours) {
    return event -> {
      try {
        ours.propertyChange(event);
      } catch (RuntimeException | Error e) {
        listener.onFault(this, e);
      }
    };
  }

  private void stateChanged(PropertyChangeEvent event) {
    if (event.getNewValue() == IceProcessingState.TERMINATED
        || event.getNewValue() == IceProcessingState.FAILED) {
      agent.setTa(NO_MORE_CHECKS);
    }
    if (event.getNewValue() == IceProcessingState.COMPLETED) {
      CandidatePair selected = component.getSelectedPair();
      if (selected != null) {
        CheckedPairs.keep(selected);
        listener.onSelected(this, path(selected));
      }
    }
  }

  private void pairChanged(PropertyChangeEvent event) {
    if (IceMediaStream.PROPERTY_PAIR_CONSENT_FRESHNESS_CHANGED.equals(event.getPropertyName())) {
      listener.onConsent(this);
    } else if (event.getNewValue() == CandidatePairState.FAILED
        && !agent.getState().isEstablished()
        && event.getSource() instanceof CandidatePair pair) {
      CheckedPairs.keepOpen(pair);
    } else if (IceMediaStream.PROPERTY_PAIR_VALIDATED.equals(event.getPropertyName())
        && event.getSource() instanceof CandidatePair pair) {
      listener.onValidated(this, path(pair));
    }
  }

  private MediaPath path(CandidatePair pair) {
    TransportAddress base = pair.getLocalCandidate().getBase().getTransportAddress();
    TransportAddress remote = pair.getRemoteCandidate().getTransportAddress();
    for (UdpSocket socket : sockets) {
      if (socket.localAddress().equals(base)) {
        return new MediaPath(socket, new InetSocketAddress(remote.getAddress(), remote.getPort()));
      }
    }
    throw new IllegalStateException("a pair on no socket of ours: " + base);
  }

  /** Stops at once to be found by the client; {@link #free} does the rest. */
  void unregister() {
    router.unregister(credentials.ufrag());
  }

  /**
   * Frees the agent and its threads. Idempotent. May take a moment; not to be called on a thread of
   * ice4j.
   */
  void free() {
    unregister();
    if (freed.compareAndSet(false, true)) {
      agent.free();
    }
  }
}
