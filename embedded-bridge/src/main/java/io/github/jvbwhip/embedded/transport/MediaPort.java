package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.dtls.DtlsIdentity;
import io.github.jvbwhip.dtls.SrtpProfile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's UDP port, and its TCP port where that is on, which all sessions share, with the
 * threads that serve them. A session is found by the user name fragment of its ICE checks, and from
 * then on by the address that the checks came from. Thread-safe.
 */
public final class MediaPort implements TransportFactory {
  private static final Logger LOG = LoggerFactory.getLogger(MediaPort.class);

  /** An ephemeral port of the first address may be taken on the second. */
  private static final int BIND_ATTEMPTS = 10;

  private final TransportEnvironment environment;
  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());
  private final Set<IceDtlsTransport> transports = ConcurrentHashMap.newKeySet();
  private final CallSockets calls = new CallSockets();
  private final AtomicLong serials = new AtomicLong();
  private volatile boolean closed;

  private MediaPort(UdpConfig config, List<SrtpProfile> profiles) throws IOException {
    DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    List<UdpSocket> sockets =
        bind(
            LocalAddresses.toBind(config.bindAddresses()),
            config.port(),
            (address, port) -> UdpSocket.bind(address, port, this::onDatagram));
    List<TcpSocket> tcpSockets = bindTcp(config, sockets);
    environment =
        new TransportEnvironment(
            config,
            identity,
            profiles,
            sockets,
            tcpSockets,
            Stream.concat(
                    LocalCandidates.of(addresses(sockets), config.advertisedAddresses()).stream(),
                    LocalCandidates.ofTcp(addresses(tcpSockets), config.advertisedAddresses())
                        .stream())
                .toList(),
            new StunRouter(),
            new MediaThreads());
  }

  /**
   * Binds the port, makes the certificate, and starts to listen.
   *
   * @throws IOException when an address or the port cannot be used; its message is one line for the
   *     person who starts the bridge
   */
  public static MediaPort open(UdpConfig config) throws IOException {
    return open(config, List.of(SrtpProfile.values()));
  }

  /** The same, with these SRTP profiles only, best first. */
  static MediaPort open(UdpConfig config, List<SrtpProfile> profiles) throws IOException {
    Ice4jSettings.apply();
    MediaPort port = new MediaPort(config, profiles);
    TransportEnvironment environment = port.environment;
    // The first agent loads hundreds of classes; better now than while a client waits.
    environment.newGeneration(false, IceGeneration.IGNORANT).rehearse();
    HandshakeWarmUp.once(
        environment.identity(),
        environment.threads().handshakes(),
        environment.threads().newSerialExecutor(fault -> LOG.debug("warming up failed", fault)));
    environment.allSockets().forEach(MediaSocket::start);
    return port;
  }

  /** Binds a socket; 0 takes a free port. */
  private interface Binder<A, S> {
    S bind(A address, int port) throws IOException;
  }

  private List<TcpSocket> bindTcp(UdpConfig config, List<UdpSocket> udp) throws IOException {
    if (config.tcpPort().isEmpty()) {
      return List.of();
    }
    try {
      return bind(
          udp,
          config.tcpPort().getAsInt(),
          (beside, port) -> TcpSocket.bind(beside, port, TcpSocket.Limits.USUAL, this::onDatagram));
    } catch (IOException e) {
      udp.forEach(UdpSocket::close);
      throw e;
    }
  }

  /** One on each address, all with the same port number. */
  private static <A, S extends MediaSocket> List<S> bind(
      List<A> addresses, int wanted, Binder<A, S> binder) throws IOException {
    if (addresses.isEmpty()) {
      throw new BindException("this machine has no address to listen on");
    }
    for (int attempt = 1; ; attempt++) {
      List<S> bound = new ArrayList<>();
      try {
        int port = wanted;
        for (A address : addresses) {
          S socket = binder.bind(address, port);
          bound.add(socket);
          port = socket.localAddress().getPort();
        }
        return List.copyOf(bound);
      } catch (IOException e) {
        bound.forEach(MediaSocket::close);
        if (wanted != 0 || bound.isEmpty() || attempt == BIND_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public List<InetSocketAddress> localAddresses() {
    return addresses(environment.sockets());
  }

  @Override
  public List<InetSocketAddress> localTcpAddresses() {
    return addresses(environment.tcpSockets());
  }

  private static List<InetSocketAddress> addresses(List<? extends MediaSocket> sockets) {
    return sockets.stream().map(MediaSocket::localAddress).toList();
  }

  @Override
  public boolean isLive() {
    return !closed && environment.sockets().stream().allMatch(UdpSocket::isLive);
  }

  @Override
  public MediaTransport create(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException {
    return make(environment, remote, listener, false, ended -> {});
  }

  @Override
  public MediaTransport call(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException {
    TransportEnvironment own =
        calls.bind(
            environment,
            () ->
                bind(
                    LocalAddresses.toBind(environment.config().bindAddresses()),
                    0,
                    (address, port) -> UdpSocket.bindSmall(address, port, this::onDatagram)));
    try {
      return make(own, remote, listener, true, ended -> calls.release(own));
    } catch (BridgeException e) {
      calls.release(own);
      throw e;
    }
  }

  private MediaTransport make(
      TransportEnvironment on,
      Optional<RemoteTransport> remote,
      TransportListener listener,
      boolean calling,
      Consumer<IceDtlsTransport> onClosed)
      throws BridgeException {
    if (remote.isPresent()) {
      RemoteSide.check(remote.get());
    }
    if (closed) {
      throw new BridgeException(BridgeException.Reason.INTERNAL, "the media port is closed");
    }
    IceDtlsTransport transport =
        new IceDtlsTransport(
            on,
            serials.incrementAndGet(),
            remote.isEmpty(),
            calling,
            listener,
            ended -> {
              transports.remove(ended);
              onClosed.accept(ended);
            });
    transports.add(transport);
    if (closed) {
      transport.close();
      throw new BridgeException(BridgeException.Reason.INTERNAL, "the media port is closed");
    }
    if (remote.isPresent()) {
      transport.connect(remote.get());
    }
    return transport;
  }

  /** Every datagram comes through here, on the thread of its socket. */
  private void onDatagram(
      MediaSocket socket, byte[] buffer, int length, InetSocketAddress remote, long nanoTime) {
    PacketKind kind = PacketKind.of(buffer, 0, length);
    switch (kind) {
      case STUN -> {
        if (!environment.router().route(socket, buffer, 0, length, remote, nanoTime)) {
          rareLog.debug(nanoTime, "a STUN message for nobody here, from", remote);
        }
      }
      case DTLS, RTP, RTCP -> {
        PacketReceiver receiver = socket.route(remote);
        if (receiver != null) {
          receiver.receive(kind, buffer, 0, length, nanoTime);
        } else {
          rareLog.debug(nanoTime, "a packet from an address that passed no check", remote);
        }
      }
      case UNKNOWN -> rareLog.debug(nanoTime, "a datagram of no known kind, from", remote);
    }
  }

  List<IceCandidate> candidates() {
    return environment.candidates();
  }

  List<UdpSocket> sockets() {
    return environment.sockets();
  }

  /** How many checks of all sessions wait for an answer. */
  int unansweredChecks() {
    return environment.router().unanswered();
  }

  @Override
  public void close() {
    closed = true;
    transports.forEach(transport -> transport.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    // Goodbyes are said, and agents freed, before the sockets go.
    environment.threads().close();
    environment.allSockets().forEach(MediaSocket::close);
    calls.close();
  }
}
