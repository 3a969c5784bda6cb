package io.github.jvbwhip.http.server;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.http.config.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector that closes connections beyond its bounds, and goes on when it could not accept one.
 * Thread-safe.
 */
final class BoundedConnector extends ServerConnector {
  private static final Logger LOGGER = LoggerFactory.getLogger(BoundedConnector.class);
  private static final long AFTER_FAILURE_MILLIS = 200;
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final ConnectionLimits limits;
  private final List<Network> trustedProxies;
  private final AtomicInteger open;
  private final Map<ClientNetwork, Integer> byAddress = new ConcurrentHashMap<>();
  private volatile long lastComplaint = System.nanoTime() - QUIET_NANOS;

  /**
   * @param trustedProxies are not bounded by address: many clients come by one of them
   * @param open counts the connections of all connectors of the server
   */
  BoundedConnector(
      Server server,
      ConnectionLimits limits,
      List<Network> trustedProxies,
      AtomicInteger open,
      ConnectionFactory... protocols) {
    super(server, protocols);
    this.limits = limits;
    this.trustedProxies = trustedProxies;
    this.open = open;
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey selectionKey)
      throws IOException {
    InetAddress remote = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    ClientNetwork client = ClientNetwork.of(remote.getAddress());
    if (open.get() >= limits.connections()) {
      throw refuse("there are %d connections, all that are taken".formatted(open.get()));
    }
    if (isBounded(remote) && byAddress.getOrDefault(client, 0) >= limits.perAddress()) {
      throw refuse(
          "an address has %d connections, all that it gets".formatted(limits.perAddress()));
    }
    return new HeadEndPoint(
        channel, selector, selectionKey, getScheduler(), client, limits.headTime());
  }

  private IOException refuse(String why) {
    complain("Connections are closed: " + why);
    return new IOException(why);
  }

  /** Once in ten seconds: whoever connects can cause it. */
  private void complain(String what) {
    long now = System.nanoTime();
    if (now - lastComplaint >= QUIET_NANOS) {
      lastComplaint = now;
      LOGGER.warn("{}", what);
    }
  }

  private boolean isBounded(InetAddress remote) {
    return trustedProxies.stream().noneMatch(proxy -> proxy.contains(remote));
  }

  /** It is not known any more where a connection that has been closed came from. */
  private static ClientNetwork client(EndPoint endPoint) {
    return ((HeadEndPoint) endPoint).client();
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    open.incrementAndGet();
    byAddress.merge(client(endPoint), 1, Integer::sum);
    super.onEndPointOpened(endPoint);
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    open.decrementAndGet();
    byAddress.computeIfPresent(client(endPoint), (key, count) -> count > 1 ? count - 1 : null);
    super.onEndPointClosed(endPoint);
  }

  /**
   * Nothing but the end of the server ends accepting: not the lack of descriptors or of memory, in
   * which even the failure's log line may fail.
   */
  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    if (!isRunning()) {
      return false;
    }
    try {
      complain("A connection could not be accepted: " + failure);
      Thread.sleep(AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      // Jetty interrupts its acceptors when it stops, and then is not running.
      return isRunning();
    } catch (Throwable e) {
      return true;
    }
    return true;
  }
}
