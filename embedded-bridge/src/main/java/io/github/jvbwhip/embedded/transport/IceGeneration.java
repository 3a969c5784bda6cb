package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.stun.CheckLimit;
import io.github.jvbwhip.core.stun.PathFollower;
import io.github.jvbwhip.core.stun.StunMessage;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidatePairState;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.jspecify.annotations.Nullable;

/**
 * ICE between two restarts (RFC 8445 §9): one ice4j agent with its credentials, on the sockets of
 * the port. Thread-safe; the listener is called on threads of ice4j.
 *
 * <p>Until the client's first authentic check there are only credentials: no thread, no candidate,
 * and no datagram goes out. The client knows the bridge's addresses and checks them; what its
 * checks come from is checked in turn. Addresses that it only names are not, since anybody can name
 * those of others; but those of a server that the bridge calls are, at once.
 */
final class IceGeneration implements StunRouter.Agent {
  /** Checks that may wait until there is somebody to answer them; clients repeat theirs. */
  private static final int MAX_EARLY = 8;

  /** More addresses than a server has. */
  private static final int MAX_KNOWN = 16;

  /**
   * A pace, in milliseconds, that makes the pace maker's turn its last one. ice4j cancels it at the
   * end, but one that is at work just then would go on for ever, and keep the agent in memory. Any
   * negative one but -1, by which ice4j means its own choice.
   */
  private static final long NO_MORE_CHECKS = -2;

  /** RFC 8445 §5.1.2.1, of a host candidate; the first one named comes first. */
  private static final long HOST_PRIORITY = (126L << 24) + (65_535L << 8) + 255;

  /** Hears how this generation fares. */
  interface Listener {
    /** An authentic check came from there: media of this client may follow. */
    default void onChecked(IceGeneration generation, MediaPath path) {}

    /** That path works in both directions; it may be used until one is selected. */
    default void onValidated(IceGeneration generation, MediaPath path) {}

    /** That path is the one to use. */
    default void onSelected(IceGeneration generation, MediaPath path) {}

    /** The client is elsewhere now: that path is the one to use. */
    default void onMoved(IceGeneration generation, MediaPath path) {}

    /** The peer consented to go on receiving (RFC 7675 §5.1). */
    default void onConsent(IceGeneration generation) {}

    /** Something went wrong inside the bridge. */
    default void onFault(IceGeneration generation, Throwable fault) {}
  }

  /** A listener for an agent that nobody will check. */
  static final Listener IGNORANT = new Listener() {};

  /** A check that came before the agent was ready. */
  private record Early(MediaSocket socket, StunMessage request, InetSocketAddress from) {}

  private final List<MediaSocket> sockets;
  private final StunRouter router;
  private final Executor work;
  private final PropertyChangeListener stateListener = guarded(this::stateChanged);
  private final PropertyChangeListener pairListener = guarded(this::pairChanged);
  private final Agent agent;
  private final IceMediaStream stream;
  private final PathFollower<MediaPath> follower;
  private final IceCredentials credentials;
  private final byte[] password;
  private final AtomicBoolean freed = new AtomicBoolean();
  private final CheckLimit<InetSocketAddress> limit = new CheckLimit<>(System.nanoTime());

  /** Guarded by itself, which is held for nothing else. */
  private final List<Early> early = new ArrayList<>();

  /** Empty until the checks begin. */
  private volatile List<IceLink> links = List.of();

  private volatile Listener listener;
  private @Nullable IceCredentials remote;

  /** Where to look for the peer without having heard it. */
  private List<InetSocketAddress> known = List.of();

  /**
   * Makes the credentials; the client may check them from now on.
   *
   * @param work runs what takes milliseconds, when the client has shown that it is there
   * @param controlling whether the bridge nominates: it does when it made the offer
   */
  IceGeneration(
      List<? extends MediaSocket> sockets,
      StunRouter router,
      Executor work,
      boolean controlling,
      Listener listener) {
    this.sockets = List.copyOf(sockets);
    this.router = router;
    this.work = work;
    this.listener = listener;
    this.agent = new Agent();
    agent.setControlling(controlling);
    agent.setPerformConsentFreshness(true);
    agent.setUseDynamicPorts(false);
    this.stream = agent.createMediaStream("media");
    this.credentials = new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
    this.password = credentials.pwd().getBytes(StandardCharsets.US_ASCII);
    this.follower =
        new PathFollower<>(new Following(), password, System::nanoTime, new FollowerEvents());
    agent.addStateChangeListener(stateListener);
    stream.addPairChangeListener(pairListener);
    router.register(credentials.ufrag(), this);
  }

  /** Puts the agent's STUN traffic on the port's sockets. */
  private final class LinkHarvester extends AbstractCandidateHarvester {
    private final List<IceLink> made = new ArrayList<>();

    @Override
    public boolean isHostHarvester() {
      return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component harvested) {
      List<LocalCandidate> candidates = new ArrayList<>();
      for (MediaSocket socket : sockets) {
        IceLink link = new IceLink(socket, router, agent.getLocalPassword());
        TransportAddress address = new TransportAddress(socket.agentAddress(), Transport.UDP);
        LocalCandidate candidate = new HostCandidate(address, harvested);
        agent.getStunStack().addSocket(link);
        made.add(link);
        harvested.addLocalCandidate(candidate);
        candidates.add(candidate);
      }
      return candidates;
    }
  }

  IceCredentials credentials() {
    return credentials;
  }

  /** Tells where the peer may be looked for before it is heard. To be called before it starts. */
  synchronized void know(List<IceCandidate> addresses) {
    known =
        addresses.stream()
            .flatMap(candidate -> FirstChecks.address(candidate).stream())
            .distinct()
            .limit(MAX_KNOWN)
            .toList();
  }

  /** Gives the agent its peer, whose checks are answered from now on. Once. */
  void start(IceCredentials peer) {
    synchronized (this) {
      remote = peer;
      stream.setRemoteUfrag(peer.ufrag());
      stream.setRemotePassword(peer.pwd());
      agent.getStunStack().getCredentialsManager().registerAuthority(new RemoteKey(peer.pwd()));
    }
    work.execute(this::beginWhenDue);
  }

  /** Begins when the peer is known, and has shown that it is there. */
  private void beginWhenDue() {
    try {
      begin();
    } catch (RuntimeException | Error e) {
      listener.onFault(this, e);
    }
  }

  private synchronized void begin() {
    IceCredentials peer = remote;
    boolean heard = hasEarly() || !known.isEmpty();
    if (peer == null || !links.isEmpty() || !heard || freed.get()) {
      return;
    }
    List<IceLink> made = makeLinks();
    made.forEach(link -> link.expectSignedBy(peer.pwd()));
    known.forEach(address -> lookFor(address, made));
    agent.startConnectivityEstablishment();
    synchronized (early) {
      links = made;
      early.forEach(check -> deliver(check.socket(), check.request(), check.from()));
      early.clear();
    }
  }

  /** Has it checked, over UDP, from where it can be reached. */
  private void lookFor(InetSocketAddress address, List<IceLink> made) {
    for (IceLink link : made) {
      InetAddress from = link.getLocalAddress();
      if (link.socket() instanceof UdpSocket
          && from.getClass() == address.getAddress().getClass()
          && from.isLoopbackAddress() == address.getAddress().isLoopbackAddress()) {
        link.allow(address);
      }
    }
    Component component = stream.getComponent(Component.RTP);
    component.addRemoteCandidate(
        new RemoteCandidate(
            new TransportAddress(address, Transport.UDP),
            component,
            CandidateType.HOST_CANDIDATE,
            "known",
            HOST_PRIORITY - component.getRemoteCandidateCount(),
            null));
  }

  private boolean hasEarly() {
    synchronized (early) {
      return !early.isEmpty();
    }
  }

  private List<IceLink> makeLinks() {
    LinkHarvester harvester = new LinkHarvester();
    agent.addCandidateHarvester(harvester);
    try {
      agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
    } catch (IOException e) {
      throw new IllegalStateException("the sockets are bound already", e);
    }
    return List.copyOf(harvester.made);
  }

  /** Does what a first check would bring about, and frees it: a process's first one takes long. */
  void rehearse() {
    synchronized (this) {
      makeLinks();
    }
    free();
  }

  @Override
  public byte[] password() {
    return password;
  }

  @Override
  public void onRequest(MediaSocket socket, StunMessage request, InetSocketAddress from) {
    MediaPath path = new MediaPath(socket, from);
    if (follower.onCheck(path, request)) {
      listener.onChecked(this, path);
      return;
    }
    if (!limit.take(from, System.nanoTime())) {
      return;
    }
    listener.onChecked(this, path);
    int waiting = keep(new Early(socket, request, from));
    if (waiting == 0) {
      deliver(socket, request, from);
    } else if (waiting == 1) {
      work.execute(this::beginWhenDue);
    }
  }

  /** Lets a check wait where it cannot be answered yet; returns how many wait. */
  private int keep(Early check) {
    synchronized (early) {
      if (links.isEmpty() && early.size() < MAX_EARLY) {
        early.add(check);
      }
      return early.size();
    }
  }

  private void deliver(MediaSocket socket, StunMessage request, InetSocketAddress from) {
    for (IceLink link : links) {
      if (link.socket() == socket) {
        link.receiveCheck(request, from);
      }
    }
  }

  /** Asks a client that has moved for its consent; for all others ice4j does. */
  void askForConsent() {
    follower.askForConsent();
  }

  /** Its checks are answered past ice4j. */
  private final class Following implements PathFollower.Transactions, StunRouter.Asker {
    @Override
    public void expect(StunMessage.TransactionId id) {
      router.expect(id, this);
    }

    @Override
    public void forget(StunMessage.TransactionId id) {
      router.forget(id);
    }

    @Override
    public void onResponse(StunMessage response, InetSocketAddress from, long nanoTime) {
      boolean unused =
          follower.onResponse(response, from.getAddress().getAddress(), from.getPort());
    }
  }

  private final class FollowerEvents implements PathFollower.Listener<MediaPath> {
    @Override
    public void onMoved(MediaPath path) {
      MediaPath left = follower.left();
      links.forEach(link -> link.silence(left == null ? null : left.remote()));
      listener.onMoved(IceGeneration.this, path);
    }

    @Override
    public void onConsent() {
      listener.onConsent(IceGeneration.this);
    }
  }

  /** The last round-trip time that a check over this path's socket has told. */
  OptionalLong roundTripMicros(MediaPath path) {
    OptionalLong elsewhere = follower.roundTripMicros();
    if (elsewhere.isPresent()) {
      return elsewhere;
    }
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
      CandidatePair selected = stream.getComponent(Component.RTP).getSelectedPair();
      if (selected != null) {
        CheckedPairs.keep(selected);
        MediaPath path = path(selected);
        follower.begin(path, checks());
        listener.onSelected(this, path);
      }
    }
  }

  private void pairChanged(PropertyChangeEvent event) {
    if (IceMediaStream.PROPERTY_PAIR_CONSENT_FRESHNESS_CHANGED.equals(event.getPropertyName())) {
      if (!follower.isElsewhere()) {
        follower.onConsent();
        listener.onConsent(this);
      }
    } else if (event.getNewValue() == CandidatePairState.FAILED
        && !agent.getState().isEstablished()
        && event.getSource() instanceof CandidatePair pair) {
      CheckedPairs.keepOpen(pair);
    } else if (IceMediaStream.PROPERTY_PAIR_VALIDATED.equals(event.getPropertyName())
        && event.getSource() instanceof CandidatePair pair) {
      CheckedPairs.putOnSocket(pair);
      listener.onValidated(this, path(pair));
    }
  }

  private PathFollower.Signature checks() {
    return new PathFollower.Signature(
        stream.getRemoteUfrag() + ":" + credentials.ufrag(),
        agent.isControlling(),
        agent.getTieBreaker(),
        stream.getRemotePassword().getBytes(StandardCharsets.US_ASCII));
  }

  private MediaPath path(CandidatePair pair) {
    TransportAddress base = CheckedPairs.base(pair.getLocalCandidate()).getTransportAddress();
    TransportAddress remote = pair.getRemoteCandidate().getTransportAddress();
    for (MediaSocket socket : sockets) {
      if (socket.agentAddress().equals(base)) {
        return new MediaPath(socket, new InetSocketAddress(remote.getAddress(), remote.getPort()));
      }
    }
    throw new IllegalStateException("a pair on no socket of ours: " + base);
  }

  /** Stops at once to be found by the client; {@link #free} does the rest. */
  void unregister() {
    router.unregister(credentials.ufrag());
  }

  /** What begins after this finds the agent freed. */
  private synchronized void awaitBeginning() {}

  /**
   * Frees the agent and its threads. Idempotent. May take a moment; not to be called on a thread of
   * ice4j.
   *
   * <p>What ice4j keeps of an agent is small from then on: it is finalized, which keeps its memory
   * until a collection of the old generation and then until the next, and tasks of ice4j's timers
   * may hold it for longer. So nothing of the session can be reached from it.
   */
  void free() {
    unregister();
    if (freed.compareAndSet(false, true)) {
      listener = IGNORANT;
      awaitBeginning();
      follower.close();
      agent.setTa(NO_MORE_CHECKS);
      agent.removeStateChangeListener(stateListener);
      stream.removePairStateChangeListener(pairListener);
      agent.free();
    }
  }
}
