package io.github.jvbwhip.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that is closed when the head of a request takes too long as a whole: a client that
 * sends a byte now and then is never idle; and one that sends nothing before its first request. Of
 * HTTP/2, whose frames come at any time, only the first request is timed. Thread-safe.
 */
final class HeadEndPoint extends SocketChannelEndPoint {
  /**
   * What it may take.
   *
   * @param head for the head of a request, and before the first one
   * @param idle without anything, otherwise
   */
  record Times(Duration head, Duration idle) {}

  private final OpenConnections connections;
  private final Times times;
  private volatile OpenConnections.Origin origin;
  private boolean waiting = true;
  private boolean begun;
  private long beginning;

  HeadEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey selectionKey,
      Scheduler scheduler,
      OpenConnections connections,
      OpenConnections.Origin origin,
      Times times) {
    super(channel, selector, selectionKey, scheduler);
    this.connections = connections;
    this.origin = origin;
    this.times = times;
    setIdleTimeout(times.head().toMillis());
  }

  /** Where it comes from, also when it has been closed. */
  OpenConnections.Origin origin() {
    return origin;
  }

  /** A proxy has said so. */
  void comesFrom(OpenConnections.Origin client) {
    origin = client;
  }

  /** The connection itself, below TLS and the PROXY protocol. */
  static HeadEndPoint below(EndPoint endPoint) {
    EndPoint lowest = endPoint;
    while (lowest instanceof EndPoint.Wrapper above) {
      lowest = above.unwrap();
    }
    return (HeadEndPoint) lowest;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0 && isLate(System.nanoTime())) {
      close();
      return -1;
    }
    return filled;
  }

  private synchronized boolean isLate(long now) {
    if (!waiting) {
      return false;
    }
    if (!begun) {
      begun = true;
      beginning = now;
      setIdleTimeout(times.head().toMillis());
    }
    return now - beginning > times.head().toNanos();
  }

  private synchronized void arrived() {
    waiting = false;
    begun = false;
    setIdleTimeout(times.idle().toMillis());
    connections.works(this);
  }

  private synchronized void answered() {
    waiting = true;
    connections.waits(this);
  }

  /** Tells each connection when the head of a request is there, and when it has been answered. */
  static final class Watch extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      HeadEndPoint connection =
          below(request.getConnectionMetaData().getConnection().getEndPoint());
      connection.arrived();
      if (request.getConnectionMetaData().getHttpVersion().getVersion() < HTTP_2) {
        Request.addCompletionListener(request, failure -> connection.answered());
      }
      return super.handle(request, response, callback);
    }

    private static final int HTTP_2 = 20;
  }
}
