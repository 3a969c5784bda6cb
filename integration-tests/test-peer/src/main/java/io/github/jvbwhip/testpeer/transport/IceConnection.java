package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
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
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.ice4j.stack.TransactionID;
import org.jspecify.annotations.Nullable;

/**
 * Full ICE (RFC 8445) with one component and one host candidate on an address of the caller's
 * choice, the loopback address included (which ice4j itself never gathers). Thread-safe.
 */
final class IceConnection implements AutoCloseable {
  // Held, since java.util.logging keeps its loggers weakly: ice4j is chatty at its own INFO.
  private static final Logger ICE4J = Logger.getLogger("org.ice4j");

  static {
    ICE4J.setLevel(Level.WARNING);
  }

  /** Told when packets can be sent, and when no pair works. */
  interface Listener {
    void writable();

    /** Names the candidate pairs, and what became of them. */
    void failed(String pairs);
  }

  private static final class OddAgent extends Agent {
    private static final String ODD = "-_#=";

    @Override
    public String getLocalUfrag() {
      return ODD + super.getLocalUfrag();
    }

    @Override
    public String getLocalPassword() {
      return ODD + super.getLocalPassword() + "==";
    }
  }

  private final UdpPort port;
  private final Agent agent;
  private final IceMediaStream stream;
  private final Component component;
  private final StunSocket stunSocket;
  private final Listener listener;
  private final AtomicBoolean secondChance = new AtomicBoolean();
  private volatile @Nullable InetSocketAddress remote;

  /**
   * @param odd whether the credentials have the characters that browsers let pass beside those of
   *     RFC 8839
   */
  IceConnection(UdpPort port, boolean odd, Listener listener) throws IOException {
    this.port = port;
    this.listener = listener;
    agent = odd ? new OddAgent() : new Agent();
    agent.setUseDynamicPorts(false);
    agent.setPerformConsentFreshness(true);
    stream = agent.createMediaStream("media");
    stunSocket = new StunSocket(port);
    agent.addCandidateHarvester(new PortHarvester(stunSocket));
    component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
    stream.addPairChangeListener(
        event -> {
          if (IceMediaStream.PROPERTY_PAIR_VALIDATED.equals(event.getPropertyName())) {
            CandidatePair valid = (CandidatePair) event.getSource();
            putOnSocket(valid.getLocalCandidate());
            use(valid);
          } else if (event.getNewValue() == CandidatePairState.FAILED
              && event.getSource() instanceof CandidatePair pair
              && !secondChance.getAndSet(true)) {
            // Where a check comes in the instant of the answer to its own one, ice4j gives a pair
            // up
            // that works; browsers go on with the next check of the other side.
            pair.setStateInProgress(TransactionID.createNewTransactionID());
          }
        });
    agent.addStateChangeListener(
        event -> {
          CandidatePair selected = component.getSelectedPair();
          if (event.getNewValue() == IceProcessingState.COMPLETED && selected != null) {
            use(selected);
          } else if (event.getNewValue() == IceProcessingState.FAILED) {
            listener.failed(pairs());
          }
        });
  }

  /**
   * Has checks from there go by the one socket. To a client that moves while it checks, ice4j gives
   * a candidate at the new address whose base is the one at the address before, which has none: it
   * would check no more.
   */
  private static void putOnSocket(LocalCandidate candidate) {
    LocalCandidate base = candidate;
    while (base.getBase() != null && base.getBase() != base) {
      base = base.getBase();
    }
    candidate.setBase(base);
  }

  private void use(CandidatePair pair) {
    boolean first = remote == null;
    remote = pair.getRemoteCandidate().getTransportAddress();
    if (first) {
      listener.writable();
    }
  }

  private String pairs() {
    return stream.getCheckList().stream()
        .map(
            pair ->
                "%s -> %s %s"
                    .formatted(
                        pair.getLocalCandidate().getTransportAddress(),
                        pair.getRemoteCandidate().getTransportAddress(),
                        pair.getState()))
        .collect(Collectors.joining(", ", "[", "], " + port.sentDatagrams() + " datagrams sent"));
  }

  String localUfrag() {
    return agent.getLocalUfrag();
  }

  IceParameters localParameters() {
    return new IceParameters(
        agent.getLocalUfrag(),
        agent.getLocalPassword(),
        component.getLocalCandidates().stream().map(IceConnection::render).toList());
  }

  @Nullable InetSocketAddress remoteAddress() {
    return remote;
  }

  /** Starts the checks; candidates of other transports than UDP are passed over. */
  void start(IceParameters parameters, boolean controlling) {
    agent.setControlling(controlling);
    stream.setRemoteUfrag(parameters.ufrag());
    stream.setRemotePassword(parameters.password());
    parameters.candidates().forEach(line -> parse(line, component::addRemoteCandidate));
    agent.startConnectivityEstablishment();
  }

  /** Adds candidates that came by trickle. */
  void addRemoteCandidates(List<String> candidates) {
    candidates.forEach(line -> parse(line, component::addUpdateRemoteCandidates));
    component.updateRemoteCandidates();
  }

  void receivedStun(byte[] data, InetSocketAddress from) {
    stunSocket.offer(data, from);
  }

  /** Sends to the validated pair; false when there is none yet. */
  boolean send(byte[] data) throws IOException {
    InetSocketAddress to = remote;
    if (to == null) {
      return false;
    }
    port.send(data, to);
    return true;
  }

  private static String render(LocalCandidate candidate) {
    TransportAddress address = candidate.getTransportAddress();
    return "%s %d udp %d %s %d typ host"
        .formatted(
            candidate.getFoundation(),
            candidate.getParentComponent().getComponentID(),
            candidate.getPriority(),
            address.getHostAddress(),
            address.getPort());
  }

  private void parse(String line, Consumer<RemoteCandidate> consumer) {
    String[] fields = line.split(" ", -1);
    if (fields.length < 8 || !fields[2].equalsIgnoreCase("udp")) {
      return;
    }
    TransportAddress address =
        new TransportAddress(fields[4], Integer.parseInt(fields[5]), Transport.UDP);
    InetAddress resolved = address.getAddress();
    if (resolved == null || resolved.getClass() != port.localAddress().getAddress().getClass()) {
      return; // an unresolved name, or the other address family
    }
    consumer.accept(
        new RemoteCandidate(
            address,
            component,
            CandidateType.parse(fields[7]),
            fields[0],
            Long.parseLong(fields[3]),
            null));
  }

  @Override
  public void close() {
    agent.free();
    stunSocket.close();
  }

  /** Gives ice4j the one host candidate that is made of our own socket. */
  private static final class PortHarvester extends AbstractCandidateHarvester {
    private final MultiplexingDatagramSocket socket;

    PortHarvester(StunSocket socket) throws SocketException {
      this.socket = new MultiplexingDatagramSocket(socket); // keep-alives insist on this class
    }

    @Override
    public boolean isHostHarvester() {
      return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component component) {
      HostCandidate candidate = new HostCandidate(new IceUdpSocketWrapper(socket), component);
      component.addLocalCandidate(candidate);
      candidate.getStunStack().addSocket(candidate.getStunSocket(null));
      return List.of(candidate);
    }
  }
}
