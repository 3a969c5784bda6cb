package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection with frames (RFC 4571) in both directions. What does not fit into the kernel's
 * buffer is lost, as datagrams are, but for the rest of a frame that has begun to go out: nobody
 * waits for a slow reader. Sending is thread-safe; the rest is for the socket's thread.
 */
final class FramedConnection {
  /** Chromium's checks have 100 to 200 bytes. */
  private static final int MAX_FIRST = 1024;

  private static final int LENGTH_OCTETS = 2;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final InetSocketAddress remote;
  private final ClientNetwork network;
  private final FrameReader reader = new FrameReader();
  private final long openedNanos;
  private long heardNanos;
  private boolean orphaned;

  /** Guarded by this: what has begun to go out; null until there is something to be sent. */
  private @Nullable ByteBuffer sending;

  /** Guarded by this: since when the kernel has taken nothing of it. */
  private long stalledNanos;

  /** Whether a session's check has come. */
  private volatile boolean known;

  /**
   * @param channel one that does not block
   * @param key its place among what is waited for
   */
  FramedConnection(
      SocketChannel channel, SelectionKey key, InetSocketAddress remote, long nanoTime) {
    this.channel = channel;
    this.key = key;
    this.remote = remote;
    this.network = ClientNetwork.of(remote.getAddress().getAddress());
    this.openedNanos = nanoTime;
    this.heardNanos = nanoTime;
  }

  InetSocketAddress remote() {
    return remote;
  }

  ClientNetwork network() {
    return network;
  }

  boolean isKnown() {
    return known;
  }

  void setKnown() {
    known = true;
  }

  /**
   * Reads what has come, once.
   *
   * @param stream room for it
   * @param frame room for a frame, and {@link MediaTransport#TAILROOM}
   * @return false when the connection is to be closed
   */
  boolean read(ByteBuffer stream, byte[] frame, FrameReader.Sink sink, long nanoTime)
      throws IOException {
    stream.clear();
    int count = channel.read(stream);
    if (count < 0) {
      return false;
    }
    if (count > 0) {
      heardNanos = nanoTime;
    }
    stream.flip();
    return reader.read(stream, frame, () -> known ? MediaSocket.MAX_DATAGRAM : MAX_FIRST, sink);
  }

  /**
   * Sends a frame.
   *
   * @return false when it is lost
   */
  synchronized boolean send(DatagramPacket packet) throws IOException {
    if (packet.getLength() > MediaSocket.MAX_DATAGRAM) {
      return false;
    }
    ByteBuffer buffer = sending;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(LENGTH_OCTETS + MediaSocket.MAX_DATAGRAM).limit(0);
      sending = buffer;
    }
    if (!flush(buffer)) {
      return false;
    }
    buffer.clear();
    buffer.putShort((short) packet.getLength());
    buffer.put(packet.getData(), packet.getOffset(), packet.getLength()).flip();
    if (!flush(buffer)) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      key.selector().wakeup();
    }
    return true;
  }

  /** There is room again. */
  synchronized void writable() throws IOException {
    ByteBuffer buffer = sending;
    if (buffer == null || flush(buffer)) {
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
  }

  private boolean flush(ByteBuffer buffer) throws IOException {
    if (buffer.hasRemaining() && channel.write(buffer) > 0 || !buffer.hasRemaining()) {
      stalledNanos = System.nanoTime();
    }
    return !buffer.hasRemaining();
  }

  private synchronized boolean isStalled(long nanoTime, long patience) {
    ByteBuffer buffer = sending;
    return buffer != null && buffer.hasRemaining() && nanoTime - stalledNanos > patience;
  }

  /**
   * Whether it is to be closed; asked once in a second.
   *
   * @param hasRoute whether a session is reached by it
   * @param first nanoseconds for the first check
   * @param idle nanoseconds that it may be silent, or take nothing
   */
  boolean isOver(long nanoTime, boolean hasRoute, long first, long idle) {
    if (!known) {
      return nanoTime - openedNanos > first;
    }
    // A session that has just ended says goodbye yet.
    boolean wasOrphaned = orphaned;
    orphaned = !hasRoute;
    return orphaned && wasOrphaned || nanoTime - heardNanos > idle || isStalled(nanoTime, idle);
  }

  /** Closes it. Idempotent. */
  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
      key.attach(null);
    }
  }
}
