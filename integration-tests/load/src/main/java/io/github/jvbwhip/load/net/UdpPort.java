package io.github.jvbwhip.load.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket of one client. Received from on its loop; {@link #send} is thread-safe. */
public final class UdpPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);

  /** The kernel gives as much of it as it allows. */
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final DatagramChannel channel;
  private final Impairment impairment;
  private final DatagramReceiver receiver;
  private final int number;

  UdpPort(Selector selector, InetAddress address, Impairment impairment, DatagramReceiver receiver)
      throws IOException {
    this.impairment = impairment;
    this.receiver = receiver;
    channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.bind(new InetSocketAddress(address, 0));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
    number = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** The number of the port. */
  public int number() {
    return number;
  }

  /** Sends a datagram, or loses it where the kernel has no room. */
  public void send(byte[] b, int off, int length, InetSocketAddress to) {
    try {
      channel.send(ByteBuffer.wrap(b, off, length), to);
    } catch (IOException e) {
      // Closed, or an ICMP error about an earlier one: for a datagram it is loss.
    }
  }

  Impairment impairment() {
    return impairment;
  }

  @Nullable InetSocketAddress receive(ByteBuffer into) {
    try {
      return (InetSocketAddress) channel.receive(into);
    } catch (IOException e) {
      return null; // Closed, or an ICMP error.
    }
  }

  void deliver(byte[] b, int length, InetSocketAddress from, long nowNanos) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      receiver.received(b, length, from, nowNanos);
    } catch (RuntimeException e) {
      // What one client gets must not end the loop of the others.
      LOG.error("a datagram could not be handled", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is sent or received any more anyway.
    }
  }
}
