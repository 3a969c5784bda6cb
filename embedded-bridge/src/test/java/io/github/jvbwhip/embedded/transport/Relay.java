package io.github.jvbwhip.embedded.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.Predicate;

/** A wire between two ports that can lose packets, and that a test can whisper into. */
final class Relay implements AutoCloseable {
  private final DatagramSocket socket;

  /** Where the right finds the left. */
  private volatile DatagramSocket outside;

  private final InetSocketAddress left;
  private final InetSocketAddress right;
  private volatile Predicate<byte[]> loses = packet -> false;

  Relay(InetSocketAddress left, InetSocketAddress right) throws IOException {
    this.left = left;
    this.right = right;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.outside = socket;
    read(socket);
  }

  private void read(DatagramSocket from) {
    Thread thread = new Thread(() -> relayAll(from), "test-relay");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * From now on the right sees the left at another port, as behind a NAT that has forgotten it;
   * what the right sends to the one before is lost. The left knows nothing of it.
   */
  void rebindLeft() throws IOException {
    DatagramSocket next = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    outside = next;
    read(next);
  }

  /** From now on, packets that fulfil this are lost, in both directions. */
  void lose(Predicate<byte[]> predicate) {
    loses = predicate;
  }

  /** Sends bytes to the left as if they came from the right. */
  void injectLeft(byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, left));
  }

  /** The same to the right. */
  void injectRight(byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, right));
  }

  private void relayAll(DatagramSocket from) {
    byte[] buffer = new byte[4096];
    while (!from.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        from.receive(packet);
        if (loses.test(Arrays.copyOf(buffer, packet.getLength()))) {
          continue;
        }
        if (packet.getSocketAddress().equals(left)) {
          packet.setSocketAddress(right);
          outside.send(packet);
        } else if (from == outside) {
          packet.setSocketAddress(left);
          socket.send(packet);
        }
      } catch (IOException e) {
        // The socket was closed, or a side is gone: the wire is quiet.

      }
    }
  }

  @Override
  public void close() {
    socket.close();
    outside.close();
  }
}
