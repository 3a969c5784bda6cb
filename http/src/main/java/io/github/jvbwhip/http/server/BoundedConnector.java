package io.github.jvbwhip.http.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
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

  private final OpenConnections connections;
  private final Duration headTime;
  private volatile long lastComplaint = System.nanoTime() - QUIET_NANOS;

  /**
   * @param connections of all connectors of the server
   * @param headTime for the head of a request, and before it
   */
  BoundedConnector(
      Server server,
      OpenConnections connections,
      Duration headTime,
      ConnectionFactory... protocols) {
    super(server, protocols);
    this.connections = connections;
    this.headTime = headTime;
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey selectionKey)
      throws IOException {
    InetAddress remote = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    OpenConnections.Origin origin = connections.origin(remote);
    Optional<String> refusal = connections.makePlace(origin);
    if (refusal.isPresent()) {
      throw refuse(refusal.get());
    }
    return new HeadEndPoint(
        channel,
        selector,
        selectionKey,
        getScheduler(),
        connections,
        origin,
        new HeadEndPoint.Times(headTime, Duration.ofMillis(getIdleTimeout())));
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

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    connections.opened((HeadEndPoint) endPoint);
    super.onEndPointOpened(endPoint);
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    connections.closed((HeadEndPoint) endPoint);
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
