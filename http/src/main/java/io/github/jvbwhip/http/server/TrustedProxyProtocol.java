package io.github.jvbwhip.http.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/**
 * The PROXY protocol, versions 1 and 2, of trusted proxies, which have to speak it. With others
 * connections begin with the protocol below it, by which such a header is malformed. Thread-safe.
 */
final class TrustedProxyProtocol extends ProxyConnectionFactory {
  private static final String COUNTED = "counted";

  private final String next;

  /**
   * To be followed by {@link Counted} and then by the protocol that comes after the header.
   *
   * @param next that protocol
   */
  TrustedProxyProtocol(String next) {
    super(COUNTED);
    this.next = next;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return HeadEndPoint.below(endPoint).origin().bounded()
        ? begin(next, connector, endPoint)
        : super.newConnection(connector, endPoint);
  }

  /** It begins with no such header: Jetty would go on without. */
  @Override
  protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer begun) {
    endPoint.close();
  }

  private static Connection begin(String protocol, Connector connector, EndPoint endPoint) {
    ConnectionFactory factory = connector.getConnectionFactory(protocol);
    return factory.newConnection(connector, endPoint);
  }

  /**
   * Counts a connection by its client once that is known, and closes it where it is one too many.
   */
  static final class Counted extends AbstractConnectionFactory {
    private final String next;
    private final OpenConnections connections;

    Counted(String next, OpenConnections connections) {
      super(COUNTED);
      this.next = next;
      this.connections = connections;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      // A health check of the proxy itself (LOCAL, UNKNOWN) names nobody.
      if (endPoint instanceof ProxyEndPoint told
          && told.getRemoteSocketAddress() instanceof InetSocketAddress client
          && client.getAddress() != null
          && !connections.comesFrom(HeadEndPoint.below(endPoint), client.getAddress())) {
        endPoint.close();
      }
      return begin(next, connector, endPoint);
    }
  }
}
