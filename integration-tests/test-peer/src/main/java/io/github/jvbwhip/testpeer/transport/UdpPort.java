package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The peer's one UDP socket, its reading thread, and the filters that lose datagrams in both
 * directions. Thread-safe.
 */
final class UdpPort implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;

  /** Gets each datagram that was received and not lost, on the reading thread. */
  interface Receiver {
    void received(byte[] data, InetSocketAddress from);
  }

  private final DatagramSocket socket;
  private final Thread reader;
  private final Receiver receiver;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile DatagramFilter incoming = DatagramFilter.all();
  private volatile DatagramFilter outgoing = DatagramFilter.all();

  UdpPort(InetAddress address, Receiver receiver) throws IOException {
    this.receiver = receiver;
    socket = new DatagramSocket(new InetSocketAddress(address, 0));
    socket.setReceiveBufferSize(1 << 20);
    reader = new Thread(this::read, "test-peer-udp-" + socket.getLocalPort());
    reader.setDaemon(true);
  }

  void start() {
    reader.start();
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void setIncomingFilter(DatagramFilter filter) {
    incoming = filter;
  }

  void setOutgoingFilter(DatagramFilter filter) {
    outgoing = filter;
  }

  long receivedDatagrams() {
    return received.get();
  }

  long sentDatagrams() {
    return sent.get();
  }

  void send(byte[] data, InetSocketAddress to) throws IOException {
    if (outgoing.passes(data)) {
      socket.send(new DatagramPacket(data, data.length, to));
      sent.incrementAndGet();
    }
  }

  private void read() {
    byte[] buffer = new byte[LARGEST_DATAGRAM];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        continue; // closed, or an ICMP error about an earlier packet
      }
      byte[] data = Arrays.copyOf(packet.getData(), packet.getLength());
      received.incrementAndGet();
      if (incoming.passes(data)) {
        receiver.received(data, (InetSocketAddress) packet.getSocketAddress());
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    if (Thread.currentThread() != reader) {
      Threads.join(reader);
    }
  }
}
