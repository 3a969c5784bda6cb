package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.threads.DaemonThreads;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's port on one of its addresses: one socket, one thread that reads it, and the routes
 * that say which transport a remote address belongs to. Thread-safe.
 *
 * <p>On Linux the thread takes all that has come at once, and what it sends meanwhile goes out in
 * batches.
 *
 * <p>It is a {@link DatagramSocket} and not a channel because a channel closes itself when a thread
 * is interrupted while it sends.
 */
final class UdpSocket extends MediaSocket {
  private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

  /** A key frame for fifty players is a burst of a megabyte; the kernel caps what it grants. */
  private static final int SOCKET_BUFFER = 4 << 20;

  /** Between two attempts to receive when the one before failed: doubled up to a second. */
  private static final long FIRST_PAUSE_NANOS = 1_000_000L;

  private static final int MAX_DOUBLINGS = 10;

  private final DatagramSocket socket;
  private final RareLog rareLog = new RareLog(LOG, System.nanoTime());
  private final Thread thread;
  private final @Nullable LinuxUdp linux;
  private final @Nullable SendBatch batch;

  /**
   * Takes a socket that is bound.
   *
   * @param localAddress what it is bound to
   * @param linux the same socket, where datagrams can be received and sent in batches
   */
  UdpSocket(
      DatagramSocket socket,
      InetSocketAddress localAddress,
      @Nullable LinuxUdp linux,
      Handler handler) {
    super(localAddress);
    this.socket = socket;
    this.linux = linux;
    this.batch = linux == null ? null : new SendBatch(linux);
    this.thread =
        DaemonThreads.single(
                "media-port-" + localAddress.getPort(),
                fault -> LOG.error("a thread ended by a fault", fault))
            .newThread(() -> receive(handler));
  }

  /**
   * Binds a socket; it reads nothing before {@link #start}.
   *
   * @param port 0 for one that is free
   * @throws IOException with one line for the person who starts the bridge
   */
  static UdpSocket bind(InetAddress address, int port, Handler handler) throws IOException {
    DatagramSocket socket = bindSocket(address, port);
    InetSocketAddress bound = new InetSocketAddress(address, socket.getLocalPort());
    return new UdpSocket(socket, bound, LinuxUdp.of(bound), handler);
  }

  /** The same for the packets of one session: without the memory that batches take. */
  static UdpSocket bindSmall(InetAddress address, int port, Handler handler) throws IOException {
    DatagramSocket socket = bindSocket(address, port);
    InetSocketAddress bound = new InetSocketAddress(address, socket.getLocalPort());
    return new UdpSocket(socket, bound, null, handler);
  }

  private static DatagramSocket bindSocket(InetAddress address, int port) throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.setReceiveBufferSize(SOCKET_BUFFER);
      socket.setSendBufferSize(SOCKET_BUFFER);
      socket.bind(new InetSocketAddress(address, port));
    } catch (BindException e) {
      socket.close();
      throw new BindException(
          NetworkInterface.getByInetAddress(address) == null
              ? address.getHostAddress() + " is not an address of this machine"
              : "UDP port "
                  + port
                  + " of "
                  + address.getHostAddress()
                  + " cannot be used ("
                  + e.getMessage()
                  + "): choose another, or stop what uses it");
    } catch (SocketException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  @Override
  void start() {
    thread.start();
  }

  /** Whether its thread reads. */
  boolean isLive() {
    return thread.isAlive() && !socket.isClosed();
  }

  @Override
  DatagramSocket datagramSocket() {
    return socket;
  }

  @Override
  boolean send(DatagramPacket packet) {
    try {
      socket.send(packet);
      return true;
    } catch (IOException e) {
      // No route, a firewall, a closed socket: for a datagram all of it is loss.
      rareLog.debug(System.nanoTime(), "a datagram could not be sent", e);
      return false;
    }
  }

  @Override
  @Nullable SendBatch batch() {
    return batch;
  }

  private void receive(Handler handler) {
    if (linux != null && batch != null) {
      try (linux) {
        receiveBatches(linux, batch, handler);
      }
    } else {
      receiveOneByOne(handler);
    }
  }

  private void receiveBatches(LinuxUdp from, SendBatch sending, Handler handler) {
    byte[] buffer = new byte[MAX_DATAGRAM + MediaTransport.TAILROOM];
    ReceiveBatch received = new ReceiveBatch();
    sending.collect();
    int failures = 0;
    while (!socket.isClosed()) {
      int count;
      try {
        count = received.receive(from);
        failures = 0;
      } catch (IOException | RuntimeException | Error e) {
        pauseAfter(failures++, e);
        continue;
      }
      try {
        for (int i = 0; i < count && !socket.isClosed(); i++) {
          sending.setLast(i == count - 1);
          handle(handler, buffer, received.copy(i, buffer), received.remote(i));
        }
        sending.flush();
      } catch (RuntimeException | Error e) {
        rareLog.warn(System.nanoTime(), "a batch was not sent", e);
      }
    }
  }

  private void receiveOneByOne(Handler handler) {
    byte[] buffer = new byte[MAX_DATAGRAM + MediaTransport.TAILROOM];
    DatagramPacket packet = new DatagramPacket(buffer, MAX_DATAGRAM);
    int failures = 0;
    while (!socket.isClosed()) {
      packet.setData(buffer, 0, MAX_DATAGRAM);
      try {
        socket.receive(packet);
        failures = 0;
      } catch (IOException | RuntimeException | Error e) {
        pauseAfter(failures++, e);
        continue;
      }
      handle(handler, buffer, packet.getLength(), (InetSocketAddress) packet.getSocketAddress());
    }
  }

  private void handle(Handler handler, byte[] buffer, int length, InetSocketAddress remote) {
    try {
      handler.onDatagram(this, buffer, length, remote, System.nanoTime());
    } catch (RuntimeException | Error e) {
      // It costs the datagram; the port serves everybody else.
      rareLog.warn(System.nanoTime(), "handling a datagram failed", e);
    }
  }

  /** A socket that fails once may fail for ever: it is asked again, but not all the time. */
  private void pauseAfter(int failures, Throwable failure) {
    if (socket.isClosed()) {
      return;
    }
    rareLog.warn(System.nanoTime(), "no datagram can be received on " + localAddress(), failure);
    LockSupport.parkNanos(FIRST_PAUSE_NANOS << Math.min(failures, MAX_DOUBLINGS));
  }

  @Override
  public void close() {
    socket.close();
    if (linux != null && thread.getState() == Thread.State.NEW) {
      linux.close();
    } else if (linux != null) {
      linux.wakeUp();
    }
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread || thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
