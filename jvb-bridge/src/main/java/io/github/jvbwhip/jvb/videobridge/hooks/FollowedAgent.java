package io.github.jvbwhip.jvb.videobridge.hooks;

import io.github.jvbwhip.core.stun.CheckLimit;
import io.github.jvbwhip.core.stun.FirstSources;
import io.github.jvbwhip.core.stun.PathFollower;
import io.github.jvbwhip.core.stun.StunMessage;
import io.github.jvbwhip.core.stun.StunMessage.TransactionId;
import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import org.ice4j.StunException;
import org.ice4j.StunMessageEvent;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.CheckList;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.message.Request;
import org.ice4j.socket.IceSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Has an ICE agent of the bridge follow its client to another address, by the rules of {@link
 * PathFollower}. What the bridge sends, and ice4j's checks for consent, go over the pair that is
 * selected: so another one is. What comes from there needs nothing, since ice4j takes whatever
 * comes from where a check has come from. Thread-safe.
 */
final class FollowedAgent implements PropertyChangeListener {
  private static final PathFollower.Transactions ALL_RESPONSES =
      new PathFollower.Transactions() {
        @Override
        public void expect(TransactionId id) {}

        @Override
        public void forget(TransactionId id) {}
      };

  private final Agent agent;
  private final BridgeInternals internals;
  private final byte[] password;
  private final PathFollower<Path> follower;
  private final CheckLimit<TransportAddress> limit = new CheckLimit<>(System.nanoTime());

  private final FirstSources<TransportAddress> sources = new FirstSources<>();

  /** What ICE has selected; null until then. */
  private volatile @Nullable CandidatePair original;

  /** Where the client has gone since. Guarded by this. */
  private @Nullable CandidatePair present;

  FollowedAgent(Agent agent, BridgeInternals internals) {
    this.agent = agent;
    this.internals = internals;
    this.password = agent.getLocalPassword().getBytes(StandardCharsets.US_ASCII);
    this.follower = new PathFollower<>(ALL_RESPONSES, password, System::nanoTime, new Moves());
    agent.addStateChangeListener(this);
  }

  /** A way from one of the agent's addresses to one of the client's. */
  private record Path(TransportAddress local, TransportAddress remote, Component component)
      implements PathFollower.Path {
    @Override
    public byte[] address() {
      return remote.getAddress().getAddress();
    }

    @Override
    public int port() {
      return remote.getPort();
    }

    /** As a pair of ice4j's; null when the agent has ended. */
    @Nullable CandidatePair pair() {
      LocalCandidate from = component.findLocalCandidate(local);
      return from == null
          ? null
          : new CandidatePair(
              from,
              new RemoteCandidate(
                  remote, component, CandidateType.PEER_REFLEXIVE_CANDIDATE, "0", 1, null));
    }

    @Override
    @SuppressWarnings("deprecation") // There is no other way to the socket.
    public void send(byte[] datagram) {
      CandidatePair pair = pair();
      IceSocketWrapper socket = pair == null ? null : pair.getIceSocketWrapper();
      if (socket != null) {
        try {
          socket.send(new DatagramPacket(datagram, datagram.length, remote));
        } catch (IOException e) {
          // As on any network it is lost. Clients check again, and so are they.
        }
      }
    }
  }

  @Override
  public void propertyChange(PropertyChangeEvent event) {
    if (event.getNewValue() == IceProcessingState.COMPLETED) {
      CandidatePair selected = component().getSelectedPair();
      if (selected != null) {
        original = selected;
        follower.begin(path(selected), signature());
      }
    }
  }

  private IceMediaStream stream() {
    return agent.getStreams().get(0);
  }

  private Component component() {
    return stream().getComponents().get(0);
  }

  private PathFollower.Signature signature() {
    return new PathFollower.Signature(
        stream().getRemoteUfrag() + ":" + agent.getLocalUfrag(),
        agent.isControlling(),
        agent.getTieBreaker(),
        stream().getRemotePassword().getBytes(StandardCharsets.US_ASCII));
  }

  private static Path path(CandidatePair pair) {
    LocalCandidate local = pair.getLocalCandidate();
    while (local.getBase() != null && local.getBase() != local) {
      local = local.getBase();
    }
    return new Path(
        local.getTransportAddress(),
        pair.getRemoteCandidate().getTransportAddress(),
        pair.getParentComponent());
  }

  /**
   * Takes a message before ice4j does, which would also take checks that nobody has signed.
   *
   * @return whether that is all
   */
  boolean handles(StunMessageEvent event) {
    byte[] bytes = event.getRawMessage().getBytes();
    StunMessage message = StunMessage.parse(bytes, 0, event.getRawMessage().getMessageLength());
    TransportAddress from = event.getRemoteAddress();
    if (!(event.getMessage() instanceof Request)) {
      return message != null
          && original != null
          && follower.onResponse(message, from.getAddress().getAddress(), from.getPort());
    }
    if (message == null || !message.isAuthentic(password)) {
      return true;
    }
    Path path = new Path(event.getLocalAddress(), from, component());
    if (original == null) {
      return !limit.take(from, System.nanoTime()) || !takes(event, message, path);
    }
    boolean answered = follower.onCheck(path, message);
    if (follower.isElsewhere()) {
      internals.useSelected(component()); // A packet on its way may have kept the pair before.
    }
    return answered;
  }

  /** Whether ice4j takes it: one that comes again from elsewhere is another one then. */
  private boolean takes(StunMessageEvent event, StunMessage check, Path path) {
    if (!sources.isFromElsewhere(check.transactionId(), path.remote())) {
      return true;
    }
    path.send(check.asSuccess(path.address(), path.port(), password).bytes());
    try {
      event.getMessage().setTransactionID(StunMessage.newTransactionId());
      return true;
    } catch (StunException e) {
      return false; // It has their length.
    }
  }

  private final class Moves implements PathFollower.Listener<Path> {
    @Override
    public void onMoved(Path path) {
      CandidatePair first = original;
      CandidatePair next = first != null && path.equals(path(first)) ? first : path.pair();
      if (next != null) {
        select(next);
      }
    }

    /** It is ice4j that the bridge hears this from. */
    @Override
    public void onConsent() {}
  }

  private synchronized void select(CandidatePair next) {
    CandidatePair before = present;
    CheckList known = stream().getCheckList();
    synchronized (known) {
      if (before != null) {
        known.remove(before);
      }
      if (next != original) {
        next.setStateSucceeded();
        known.add(next);
      }
    }
    present = next == original ? null : next;
    internals.select(component(), next);
  }
}
