package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;

/** What ice4j takes for a socket: STUN messages only, over a {@link UdpPort}. */
final class StunSocket extends DatagramSocket {
  private record Message(byte[] data, InetSocketAddress from) {}

  private static final Message CLOSED = new Message(new byte[0], new InetSocketAddress(0));

  private final UdpPort port;
  private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  StunSocket(UdpPort port) throws SocketException {
    super((SocketAddress) null);
    this.port = port;
  }

  void offer(byte[] data, InetSocketAddress from) {
    queue.add(new Message(data, from));
  }

  @Override
  public void send(DatagramPacket packet) throws IOException {
    if (closed) {
      throw new SocketException("closed");
    }
    int offset = packet.getOffset();
    port.send(
        Arrays.copyOfRange(packet.getData(), offset, offset + packet.getLength()),
        (InetSocketAddress) packet.getSocketAddress());
  }

  @Override
  public void receive(DatagramPacket packet) throws IOException {
    Message message;
    try {
      message = closed ? CLOSED : queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted");
    }
    if (message == CLOSED) {
      throw new SocketException("closed");
    }
    int length = Math.min(message.data.length, packet.getData().length - packet.getOffset());
    System.arraycopy(message.data, 0, packet.getData(), packet.getOffset(), length);
    packet.setLength(length);
    packet.setSocketAddress(message.from);
  }

  @Override
  public void close() {
    closed = true;
    queue.add(CLOSED);
    super.close();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public InetAddress getLocalAddress() {
    return port.localAddress().getAddress();
  }

  @Override
  public int getLocalPort() {
    return port.localAddress().getPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return port.localAddress();
  }
}
