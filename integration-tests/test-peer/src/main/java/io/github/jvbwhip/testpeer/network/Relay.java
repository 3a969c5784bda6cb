package io.github.jvbwhip.testpeer.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A way between one client and the server, as behind a NAT: the client finds the server here, and
 * the server the client. Whoever brings offer and answer past it makes it the only way. Perfect
 * until its links are told otherwise. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private final Network network;
  private final DatagramChannel clientSide;
  private final InetSocketAddress address;
  private final Link toServer;
  private final Link toClient;

  /** Those that the client has been seen at, too: what is sent there is lost in silence. */
  private final List<DatagramChannel> all = new CopyOnWriteArrayList<>();

  private final DatagramChannel first;
  private volatile DatagramChannel serverSide;

  Relay(Network network, InetSocketAddress clientSide, InetAddress serverSide, Random random) {
    this.network = network;
    this.clientSide = Network.bind(clientSide);
    this.address = localAddress(this.clientSide);
    this.first = Network.bind(new InetSocketAddress(serverSide, 0));
    this.serverSide = first;
    this.toClient = new Link(network, new Random(random.nextLong()), this.clientSide);
    this.toServer = new Link(network, new Random(random.nextLong()), this.serverSide);
    all.add(this.clientSide);
    network.listen(this.clientSide, this::fromClient);
    listenToServer(this.serverSide);
  }

  private void listenToServer(DatagramChannel at) {
    all.add(at);
    network.listen(
        at,
        (data, from, now) -> {
          if (at == serverSide && toServer.leadsTo(from)) {
            toClient.accept(data, now);
          }
        });
  }

  private static InetSocketAddress localAddress(DatagramChannel channel) {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the client finds the server. */
  public InetSocketAddress address() {
    return address;
  }

  /** Where the server sees the client. */
  public InetSocketAddress clientAddress() {
    return localAddress(serverSide);
  }

  /** Where it leads to. */
  public void setServer(InetSocketAddress server) {
    toServer.leadTo(server);
  }

  /** Where the client is; otherwise it is where datagrams come from. */
  public void setClient(InetSocketAddress client) {
    toClient.leadTo(client);
  }

  /** What the client sends. */
  public Link toServer() {
    return toServer;
  }

  /** What the client gets. */
  public Link toClient() {
    return toClient;
  }

  /** Both directions are like this from now on. */
  public void set(Conditions conditions) {
    toServer.set(conditions);
    toClient.set(conditions);
  }

  /** Sends a datagram to the server as if it came from the client, past all conditions. */
  public void injectToServer(byte[] data) {
    toServer.send(data);
  }

  /** The same to the client. */
  public void injectToClient(byte[] data) {
    toClient.send(data);
  }

  /**
   * From now on the server sees the client at another port, as behind a NAT that has forgotten it;
   * what the server sends to the one before is lost. The client knows nothing of it.
   */
  public void changePort() {
    changeAddress(clientAddress().getAddress());
  }

  /** The same at another address. */
  public void changeAddress(InetAddress next) {
    DatagramChannel after = Network.bind(new InetSocketAddress(next, 0));
    serverSide = after;
    toServer.leaveBy(after);
    listenToServer(after);
  }

  /** From now on the server sees the client where it saw it first. */
  public void returnToFirstAddress() {
    serverSide = first;
    toServer.leaveBy(first);
  }

  private void fromClient(byte[] data, InetSocketAddress from, long now) {
    toClient.leadTo(from);
    toServer.accept(data, now);
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
    setServer(new InetSocketAddress(fields[4], Integer.parseInt(fields[5])));
    fields[4] = address.getAddress().getHostAddress();
    fields[5] = String.valueOf(address.getPort());
    String replacement = String.join(" ", fields);
    return sdp.lines()
            .filter(line -> !line.startsWith("a=candidate:") || line.equals(chosen))
            .map(line -> line.equals(chosen) ? replacement : line)
            .collect(Collectors.joining("\r\n"))
        + "\r\n";
  }

  @Override
  public void close() {
    try {
      for (DatagramChannel channel : all) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
