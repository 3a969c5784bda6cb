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
  private final InetSocketAddress left;
  private final InetSocketAddress right;
  private volatile Predicate<byte[]> loses = packet -> false;

  Relay(InetSocketAddress left, InetSocketAddress right) throws IOException {
    this.left = left;
    this.right = right;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::relayAll, "test-relay");
    thread.setDaemon(true);
    thread.start();
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

  private void relayAll() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        if (!loses.test(Arrays.copyOf(buffer, packet.getLength()))) {
          packet.setSocketAddress(packet.getSocketAddress().equals(left) ? right : left);
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
  }
}
