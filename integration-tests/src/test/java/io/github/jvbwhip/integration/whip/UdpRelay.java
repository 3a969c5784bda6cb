package io.github.jvbwhip.integration.whip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A NAT for one client: what comes to its outer address goes on to the same port of the inner one,
 * from a port of its own, and back. Thread-safe.
 */
final class UdpRelay implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;

  private final DatagramSocket outer;
  private final DatagramSocket inner;
  private final InetSocketAddress server;
  private final AtomicInteger relayed = new AtomicInteger();
  private volatile @Nullable InetSocketAddress client;

  UdpRelay(InetAddress outside, int port, InetAddress inside) {
    try {
      outer = new DatagramSocket(new InetSocketAddress(outside, port));
      inner = new DatagramSocket(new InetSocketAddress(inside, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = new InetSocketAddress(inside, port);
    start("test-nat-in", this::inwards);
    start("test-nat-out", this::outwards);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void inwards() {
    pass(outer, inner, true);
  }

  private void outwards() {
    pass(inner, outer, false);
  }

  private void pass(DatagramSocket from, DatagramSocket to, boolean inwards) {
    byte[] buffer = new byte[LARGEST_DATAGRAM];
    while (!from.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        from.receive(packet);
        if (inwards) {
          client = (InetSocketAddress) packet.getSocketAddress();
        }
        InetSocketAddress target = inwards ? server : client;
        if (target != null) {
          to.send(new DatagramPacket(buffer, packet.getLength(), target));
          relayed.incrementAndGet();
        }
      } catch (IOException e) {
        // Closed, or an ICMP error about a packet before.
      }
    }
  }

  /** How many datagrams have passed. */
  int relayed() {
    return relayed.get();
  }

  @Override
  public void close() {
    outer.close();
    inner.close();
  }
}
