package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.threads.DaemonThreads;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's TCP port on one of its addresses: a passive candidate (RFC 6544), and one thread
 * that serves its connections. To all others each connection is the remote address of datagrams.
 * Thread-safe.
 */
final class TcpSocket extends MediaSocket {
  private static final Logger LOG = LoggerFactory.getLogger(TcpSocket.class);

  /** How long what it sends may wait at most is what this is for: a second of video. */
  private static final int SEND_BUFFER = 256 << 10;

  private static final int READ_BUFFER = 64 << 10;
  private static final int BACKLOG = 128;
  private static final long SWEEP_MILLIS = 1000;
  private static final long PAUSE_NANOS = 10_000_000;

  /**
   * What connections get.
   *
   * @param perNetwork all of a network
   * @param unknownPerNetwork those of a network by which no session's check has come yet
   */
  record Limits(
      int connections, int perNetwork, int unknownPerNetwork, Duration firstCheck, Duration idle) {
    /**
     * A client has one for each of its addresses, and a network may have an office's viewers;
     * consent is given every few seconds.
     */
    static final Limits USUAL =
        new Limits(4096, 512, 32, Duration.ofSeconds(5), Duration.ofSeconds(40));
  }

  private final ServerSocketChannel server;
  private final Selector selector;
  private final UdpSocket udp;
  private final Limits limits;
  private final Handler handler;
  private final Thread thread;
  private final Map<SocketAddress, FramedConnection> connections = new ConcurrentHashMap<>();
  private final StrangersBound strangers;
  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());
  private final ByteBuffer stream = ByteBuffer.allocateDirect(READ_BUFFER);
  private final byte[] frame = new byte[MAX_DATAGRAM + MediaTransport.TAILROOM];
  private volatile boolean closed;
  private long sweptNanos = System.nanoTime();

  private TcpSocket(
      ServerSocketChannel server,
      InetSocketAddress address,
      UdpSocket udp,
      Limits limits,
      Handler handler)
      throws IOException {
    super(address);
    this.server = server;
    this.udp = udp;
    this.limits = limits;
    this.handler = handler;
    this.strangers = new StrangersBound(limits.unknownPerNetwork(), limits.perNetwork());
    this.selector = Selector.open();
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    this.thread =
        DaemonThreads.single(
                "media-tcp-" + address.getPort(),
                fault -> LOG.error("a thread ended by a fault", fault))
            .newThread(this::run);
  }

  /**
   * Binds the port; nobody is accepted before {@link #start}.
   *
   * @param udp on the same address
   * @param port 0 for one that is free
   * @throws IOException with one line for the person who starts the bridge
   */
  static TcpSocket bind(UdpSocket udp, int port, Limits limits, Handler handler)
      throws IOException {
    InetAddress address = udp.localAddress().getAddress();
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(address, port), BACKLOG);
      InetSocketAddress bound = new InetSocketAddress(address, server.socket().getLocalPort());
      return new TcpSocket(server, bound, udp, limits, handler);
    } catch (IOException e) {
      server.close();
      throw new BindException(
          "TCP port %d of %s cannot be used (%s): choose another, or stop what uses it"
              .formatted(port, address.getHostAddress(), e.getMessage()));
    }
  }

  @Override
  IceCandidate.Protocol protocol() {
    return IceCandidate.Protocol.TCP;
  }

  /** ice4j knows UDP alone, where the other port may have the same number. */
  @Override
  InetSocketAddress agentAddress() {
    InetSocketAddress own = localAddress();
    return own.equals(udp.localAddress())
        ? new InetSocketAddress(own.getAddress(), own.getPort() ^ 1)
        : own;
  }

  @Override
  DatagramSocket datagramSocket() {
    return udp.datagramSocket();
  }

  @Override
  void start() {
    thread.start();
  }

  @Override
  boolean send(DatagramPacket packet) {
    FramedConnection connection = connections.get(packet.getSocketAddress());
    try {
      return connection != null && connection.send(packet);
    } catch (IOException | RuntimeException e) {
      // Its thread sees it as well, and closes it.
      rareLog.debug(System.nanoTime(), "a frame could not be sent", e);
      return false;
    }
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(this::serve, SWEEP_MILLIS);
        sweep(System.nanoTime());
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        rareLog.warn(System.nanoTime(), "serving TCP failed", e);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void serve(SelectionKey key) {
    if (key.attachment() instanceof FramedConnection connection) {
      try {
        if (key.isValid() && key.isWritable()) {
          connection.writable();
        }
        if (key.isValid() && key.isReadable()) {
          read(connection);
        }
      } catch (IOException e) {
        drop(connection);
      } catch (RuntimeException | Error e) {
        rareLog.warn(System.nanoTime(), "serving a connection failed", e);
        drop(connection);
      }
    } else {
      accept(key);
    }
  }

  private void read(FramedConnection connection) throws IOException {
    long now = System.nanoTime();
    if (!connection.read(stream, frame, (data, length) -> take(connection, length, now), now)) {
      drop(connection);
    }
  }

  /** The first frame has to be a check of a session's client; nothing else is looked at before. */
  private boolean take(FramedConnection connection, int length, long nanoTime) {
    try {
      handler.onDatagram(this, frame, length, connection.remote(), nanoTime);
    } catch (RuntimeException | Error e) {
      rareLog.warn(nanoTime, "handling a frame failed", e);
    }
    if (!connection.isKnown()) {
      if (route(connection.remote()) == null) {
        return false;
      }
      strangers.leave(connection);
      connection.setKnown();
    }
    return true;
  }

  private void accept(SelectionKey key) {
    try {
      SocketChannel channel = server.accept();
      if (channel != null) {
        open(channel);
      }
    } catch (IOException | RuntimeException | Error e) {
      // Such as the lack of descriptors: until the next sweep nobody is accepted.
      rareLog.warn(System.nanoTime(), "a connection could not be accepted", e);
      if (key.isValid()) {
        key.interestOps(0);
      }
    }
  }

  private void open(SocketChannel channel) throws IOException {
    try {
      InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
      if (remote == null
          || !strangers.hasPlaceFor(ClientNetwork.of(remote.getAddress().getAddress()))
          || connections.size() >= limits.connections() && !makePlace()) {
        channel.close();
        return;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      FramedConnection connection = new FramedConnection(channel, key, remote, System.nanoTime());
      strangers.enter(connection);
      key.attach(connection);
      FramedConnection before = connections.put(remote, connection);
      if (before != null) {
        strangers.close(before);
        before.close();
      }
    } catch (IOException | RuntimeException e) {
      channel.close(); // Gone already, and no reason to accept nobody else.
      rareLog.debug(System.nanoTime(), "a connection was lost at once", e);
    }
  }

  private boolean makePlace() {
    FramedConnection eldest = strangers.eldest();
    if (eldest != null) {
      drop(eldest);
    }
    return eldest != null;
  }

  private void drop(FramedConnection connection) {
    if (connections.remove(connection.remote(), connection)) {
      strangers.close(connection);
    }
    connection.close();
  }

  private void sweep(long nanoTime) {
    if (nanoTime - sweptNanos < Duration.ofMillis(SWEEP_MILLIS).toNanos()) {
      return;
    }
    sweptNanos = nanoTime;
    for (FramedConnection each : connections.values()) {
      boolean hasRoute = route(each.remote()) != null;
      if (each.isOver(nanoTime, hasRoute, limits.firstCheck().toNanos(), limits.idle().toNanos())) {
        drop(each);
      }
    }
    SelectionKey accepting = server.keyFor(selector);
    if (accepting != null && accepting.isValid()) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      server.close();
      connections.values().forEach(FramedConnection::close);
      selector.close();
      if (Thread.currentThread() != thread && thread.getState() != Thread.State.NEW) {
        thread.join();
      }
    } catch (IOException e) {
      LOG.debug("TCP did not close cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // What was accepted meanwhile.
    connections.values().forEach(FramedConnection::close);
  }
}
