package io.github.jvbwhip.testpeer.network;

import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import io.github.jvbwhip.testpeer.transport.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * Relays of datagrams, all served by one thread. What it does to them is the same in each run with
 * the same seed, as far as they come in the same order. Thread-safe.
 */
public final class Network implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int RECEIVE_BUFFER = 1 << 20;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Where what a channel receives goes. */
  interface Entrance {
    void received(byte[] data, InetSocketAddress from, long now);
  }

  /** A datagram on its way. */
  private record Due(long at, long order, Link link, byte[] data) {}

  private final Selector selector;
  private final Thread thread;
  private final Random random;
  private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);

  /** Used by the network's thread alone. */
  private final Queue<Due> onTheirWay =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));

  private long accepted;

  private Network(long seed) throws IOException {
    random = new Random(seed);
    selector = Selector.open();
    thread = new Thread(this::run, "test-network");
    thread.setDaemon(true);
    thread.start();
  }

  /** A network without relays. */
  public static Network open(long seed) {
    try {
      return new Network(seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A perfect relay on this machine's preferred address. */
  public Relay relay() {
    InetAddress here = LocalAddresses.preferred();
    return relay(new InetSocketAddress(here, 0), here);
  }

  /**
   * The same elsewhere.
   *
   * @param clientSide where clients find the server
   * @param serverSide where the server sees the client
   */
  public Relay relay(InetSocketAddress clientSide, InetAddress serverSide) {
    return new Relay(this, clientSide, serverSide, new Random(random.nextLong()));
  }

  static DatagramChannel bind(InetSocketAddress address) {
    try {
      DatagramChannel channel = DatagramChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(address);
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on, what comes to the channel goes there. */
  void listen(DatagramChannel channel, Entrance entrance) {
    try {
      channel.register(selector, SelectionKey.OP_READ, entrance);
      selector.wakeup();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a datagram when it is time. To be called on the network's thread. */
  void deliver(Link link, byte[] data, long at) {
    onTheirWay.add(new Due(at, accepted++, link, data));
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::read, untilNext());
        deliverDue();
      }
    } catch (IOException | ClosedSelectorException e) {
      // It has been closed.
    }
  }

  /** In milliseconds, as {@link Selector#select(long)} takes it: 0 for as long as it takes. */
  private long untilNext() {
    Due next = onTheirWay.peek();
    return next == null ? 0 : Math.max(1, (next.at() - System.nanoTime()) / NANOS_PER_MILLI + 1);
  }

  private void read(SelectionKey key) {
    DatagramChannel channel = (DatagramChannel) key.channel();
    try {
      InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
      while (from != null) {
        byte[] data = new byte[buffer.flip().remaining()];
        buffer.get(data);
        ((Entrance) key.attachment()).received(data, from, System.nanoTime());
        from = (InetSocketAddress) channel.receive(buffer.clear());
      }
    } catch (IOException e) {
      // The relay is being closed.
    }
  }

  private void deliverDue() {
    long now = System.nanoTime();
    Due next = onTheirWay.peek();
    while (next != null && next.at() - now <= 0) {
      onTheirWay.remove();
      next.link().send(next.data());
      next = onTheirWay.peek();
    }
  }

  /** Ends it, and all its relays. */
  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.join(thread);
  }
}
