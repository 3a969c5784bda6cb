package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.core.rtp.PacketKind;
import io.github.jvbwhip.core.session.SerialExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's UDP port, which all sessions share, with the threads that serve it. A session is
 * found by the user name fragment of its ICE checks, and from then on by the address that the
 * checks came from. Thread-safe.
 */
public final class MediaPort implements TransportFactory {
  private static final Logger LOGGER = LoggerFactory.getLogger(MediaPort.class);

  /** Handshakes that wait for their peers at a time, and those that wait for their turn. */
  private static final int MAX_HANDSHAKES = 64;

  private static final int MAX_WAITING_HANDSHAKES = 512;
  private static final int WORKERS = 4;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** An ephemeral port of the first address may be taken on the second. */
  private static final int BIND_ATTEMPTS = 10;

  private final UdpConfig config;
  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final StunRouter router = new StunRouter();
  private final RareLog rareLog = new RareLog(LOGGER, System.nanoTime());
  private final List<UdpSocket> sockets;
  private final List<IceCandidate> candidates;
  private final ThreadPoolExecutor handshakes =
      pool(
          "media-handshake",
          MAX_HANDSHAKES,
          MAX_WAITING_HANDSHAKES,
          new ThreadPoolExecutor.AbortPolicy());

  /** It is never full; what comes after the end of it is done where it comes from. */
  private final ThreadPoolExecutor workers =
      pool("media-worker", WORKERS, Integer.MAX_VALUE, (task, pool) -> task.run());

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, threads("media-timer"));
  private final Set<IceDtlsTransport> transports = ConcurrentHashMap.newKeySet();
  private final AtomicLong serials = new AtomicLong();
  private volatile boolean closed;

  private MediaPort(UdpConfig config, List<SrtpProfile> profiles) throws IOException {
    this.config = config;
    this.profiles = profiles;
    this.identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
    this.sockets = bind(LocalAddresses.toBind(config.bindAddresses()));
    this.candidates =
        LocalCandidates.of(
            sockets.stream().map(UdpSocket::localAddress).toList(), config.advertisedAddresses());
    timer.setRemoveOnCancelPolicy(true);
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
    // The first agent loads hundreds of classes; better now than while a client waits.
    port.newGeneration(false, IceGeneration.IGNORANT).free();
    WarmUp.once(port.identity, port.handshakes, port.newSerialExecutor());
    port.sockets.forEach(UdpSocket::start);
    return port;
  }

  private List<UdpSocket> bind(List<InetAddress> addresses) throws IOException {
    if (addresses.isEmpty()) {
      throw new BindException("this machine has no address to listen on");
    }
    for (int attempt = 1; ; attempt++) {
      List<UdpSocket> bound = new ArrayList<>();
      try {
        int port = config.port();
        for (InetAddress address : addresses) {
          UdpSocket socket = UdpSocket.bind(address, port, this::onDatagram);
          bound.add(socket);
          port = socket.localAddress().getPort();
        }
        return List.copyOf(bound);
      } catch (IOException e) {
        bound.forEach(UdpSocket::close);
        if (config.port() != 0 || bound.isEmpty() || attempt == BIND_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The addresses that the port listens on, IPv4 first; all with the same port number. */
  public List<InetSocketAddress> localAddresses() {
    return sockets.stream().map(UdpSocket::localAddress).toList();
  }

  @Override
  public List<Fingerprint> fingerprints() {
    return List.of(identity.fingerprint());
  }

  @Override
  public MediaTransport create(Optional<RemoteTransport> remote, TransportListener listener)
      throws BridgeException {
    if (remote.isPresent()) {
      IceDtlsTransport.check(remote.get());
    }
    if (closed) {
      throw new BridgeException(BridgeException.Reason.INTERNAL, "the media port is closed");
    }
    IceDtlsTransport transport =
        new IceDtlsTransport(this, serials.incrementAndGet(), remote.isEmpty(), listener);
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
  private void onDatagram(UdpSocket socket, DatagramPacket packet, long nanoTime) {
    byte[] buffer = packet.getData();
    int offset = packet.getOffset();
    int length = packet.getLength();
    InetSocketAddress remote = (InetSocketAddress) packet.getSocketAddress();
    PacketKind kind = PacketKind.of(buffer, offset, length);
    switch (kind) {
      case STUN -> {
        if (!router.route(socket, buffer, offset, length, remote, nanoTime)) {
          rareLog.debug(nanoTime, "a STUN message for nobody here, from", remote);
        }
      }
      case DTLS, RTP, RTCP -> {
        PacketReceiver receiver = socket.route(remote);
        if (receiver != null) {
          receiver.receive(kind, buffer, offset, length, nanoTime);
        } else {
          rareLog.debug(nanoTime, "a packet from an address that passed no check", remote);
        }
      }
      case UNKNOWN -> rareLog.debug(nanoTime, "a datagram of no known kind, from", remote);
    }
  }

  IceGeneration newGeneration(boolean controlling, IceGeneration.Listener listener) {
    return new IceGeneration(sockets, router, controlling, listener);
  }

  UdpConfig config() {
    return config;
  }

  DtlsIdentity identity() {
    return identity;
  }

  List<SrtpProfile> profiles() {
    return profiles;
  }

  List<IceCandidate> candidates() {
    return candidates;
  }

  /** Where clients are told to look, for a person to read. */
  String advertised() {
    return candidates.stream()
        .map(candidate -> candidate.address() + " port " + candidate.port())
        .collect(Collectors.joining(", "));
  }

  /** For handshakes, which block; refuses one too many. */
  Executor handshakes() {
    return handshakes;
  }

  /** For short tasks that do not belong on a packet thread. */
  Executor workers() {
    return workers;
  }

  /** For tasks of one transport, in order. */
  Executor newSerialExecutor() {
    return new SerialExecutor(
        workers, fault -> LOGGER.error("a task of a transport failed", fault));
  }

  long nanoTime() {
    return System.nanoTime();
  }

  ScheduledFuture<?> after(Duration delay, Runnable task) {
    return timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  ScheduledFuture<?> every(Duration period, Runnable task) {
    return timer.scheduleWithFixedDelay(
        task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  void forget(IceDtlsTransport transport) {
    transports.remove(transport);
  }

  /** How many checks of all sessions wait for an answer. */
  int unansweredChecks() {
    return router.unanswered();
  }

  private static ThreadPoolExecutor pool(
      String name, int size, int waiting, RejectedExecutionHandler whenFull) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(waiting),
            threads(name),
            whenFull);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory threads(String name) {
    AtomicLong count = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    closed = true;
    transports.forEach(transport -> transport.end(EndReason.SHUTDOWN, "the bridge shuts down"));
    timer.shutdownNow();
    handshakes.shutdownNow();
    workers.shutdown();
    try {
      // Goodbyes are said, and agents freed, before the sockets go.
      if (!workers.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.warn("some sessions were not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(UdpSocket::close);
  }
}
