package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.IceCandidate;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One of the bridge's addresses that media comes by, as datagrams, and the routes that say which
 * transport a remote address belongs to. Thread-safe.
 */
abstract class MediaSocket implements AutoCloseable {
  /** More than any datagram that a network carries unfragmented; longer ones fail to decrypt. */
  static final int MAX_DATAGRAM = 4096;

  /** Takes what the socket receives; called on its thread. */
  interface Handler {
    /**
     * A datagram came.
     *
     * @param buffer it has {@link MediaTransport#TAILROOM} bytes behind the data, which begins at
     *     0, and is used again after the call
     */
    void onDatagram(
        MediaSocket socket, byte[] buffer, int length, InetSocketAddress remote, long nanoTime);
  }

  private final InetSocketAddress localAddress;
  private final Map<SocketAddress, PacketReceiver> routes = new ConcurrentHashMap<>();

  MediaSocket(InetSocketAddress localAddress) {
    this.localAddress = localAddress;
  }

  final InetSocketAddress localAddress() {
    return localAddress;
  }

  /** What candidates of it say. */
  IceCandidate.Protocol protocol() {
    return IceCandidate.Protocol.UDP;
  }

  /** By which an ICE agent knows it, among the sockets of the bridge. */
  InetSocketAddress agentAddress() {
    return localAddress;
  }

  /** A socket for a library that wants to see one. */
  abstract DatagramSocket datagramSocket();

  /** Begins to receive. */
  abstract void start();

  /** Where packets from that address go, or null. */
  final @Nullable PacketReceiver route(SocketAddress remote) {
    return routes.get(remote);
  }

  /**
   * Routes that address to a receiver, unless it belongs to a younger one: a client that comes back
   * on the port of its dead session takes the port over, and the dead session does not take it
   * back.
   *
   * @return whether it now belongs to the receiver
   */
  final boolean claim(SocketAddress remote, PacketReceiver receiver) {
    PacketReceiver owner =
        routes.merge(remote, receiver, (old, ours) -> old.serial() > ours.serial() ? old : ours);
    return owner == receiver;
  }

  final void release(SocketAddress remote, PacketReceiver receiver) {
    routes.remove(remote, receiver);
  }

  /** Sends a datagram; waits for nothing but room in the kernel's buffer. */
  abstract boolean send(DatagramPacket packet);

  /** Collects what is sent while it handles what has come; null where nothing is collected. */
  @Nullable SendBatch batch() {
    return null;
  }

  /** Closes the socket, and waits for its thread unless it is the one that calls. */
  @Override
  public abstract void close();
}
