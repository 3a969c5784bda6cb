package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.transport.DatagramFilter;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The only way between one client and the server, for clients that cannot lose packets themselves:
 * a UDP relay that does. Candidates are taken out of the offer, and the answer's lead to the relay.
 * Thread-safe.
 */
public final class LossyPath implements AutoCloseable {
  private static final int LARGEST_DATAGRAM = 65_535;

  private final DatagramSocket clientSide;
  private final DatagramSocket serverSide;
  private final List<Thread> threads;
  private final AtomicInteger lostToServer = new AtomicInteger();
  private final AtomicInteger lostToClient = new AtomicInteger();
  private volatile @Nullable InetSocketAddress client;
  private volatile @Nullable InetSocketAddress server;

  /** A path that loses what the filters do not let through. */
  public LossyPath(DatagramFilter toServer, DatagramFilter toClient) {
    try {
      clientSide = new DatagramSocket(new InetSocketAddress(LocalAddresses.preferred(), 0));
      serverSide = new DatagramSocket(new InetSocketAddress(LocalAddresses.preferred(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads =
        List.of(
            new Thread(() -> relay(clientSide, serverSide, toServer), "test-lossy-path-to-server"),
            new Thread(() -> relay(serverSide, clientSide, toClient), "test-lossy-path-to-client"));
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** The offer without candidates: the server must not find another way. */
  public String offer(String sdp) {
    return sdp.lines()
            .filter(line -> !line.startsWith("a=candidate:"))
            .collect(Collectors.joining("\r\n"))
        + "\r\n";
  }

  /** The answer with the relay in place of the server's first IPv4 candidate, and no other. */
  public String answer(String sdp) {
    String chosen =
        sdp.lines()
            .filter(line -> line.startsWith("a=candidate:"))
            .filter(line -> line.split(" ", -1)[4].contains("."))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no IPv4 candidate in the answer"));
    String[] fields = chosen.split(" ", -1);
    server = new InetSocketAddress(fields[4], Integer.parseInt(fields[5]));
    InetSocketAddress relay = (InetSocketAddress) clientSide.getLocalSocketAddress();
    fields[4] = relay.getAddress().getHostAddress();
    fields[5] = String.valueOf(relay.getPort());
    String replacement = String.join(" ", fields);
    return sdp.lines()
            .filter(line -> !line.startsWith("a=candidate:") || line.equals(chosen))
            .map(line -> line.equals(chosen) ? replacement : line)
            .collect(Collectors.joining("\r\n"))
        + "\r\n";
  }

  /** Datagrams that the client sent and that were lost. */
  public int lostToServer() {
    return lostToServer.get();
  }

  /** Datagrams that the server sent and that were lost. */
  public int lostToClient() {
    return lostToClient.get();
  }

  private void relay(DatagramSocket in, DatagramSocket out, DatagramFilter filter) {
    boolean toServer = in == clientSide;
    byte[] buffer = new byte[LARGEST_DATAGRAM];
    while (!in.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        in.receive(packet);
        if (toServer) {
          client = (InetSocketAddress) packet.getSocketAddress();
        }
        InetSocketAddress target = toServer ? server : client;
        if (!filter.passes(Arrays.copyOf(buffer, packet.getLength()))) {
          (toServer ? lostToServer : lostToClient).incrementAndGet();
        } else if (target != null) {
          out.send(new DatagramPacket(buffer, packet.getLength(), target));
        }
      } catch (IOException e) {
        // Closed, or an ICMP error about a packet before.
      }
    }
  }

  @Override
  public void close() {
    clientSide.close();
    serverSide.close();
    try {
      for (Thread thread : threads) {
        thread.join(5_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
