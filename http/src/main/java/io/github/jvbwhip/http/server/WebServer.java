package io.github.jvbwhip.http.server;

import io.github.jvbwhip.http.composition.Mount;
import io.github.jvbwhip.http.config.Network;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Jetty with HTTP/1.1 and HTTP/2 on one port, and on a second one with TLS. Thread-safe. */
public final class WebServer implements AutoCloseable {
  private static final String HTTP_1_1 = "http/1.1";

  /**
   * At a time on a connection, of which a browser has one for all of its tabs: each player there
   * listens to events all the time.
   */
  private static final int HTTP_2_STREAMS = 128;

  /** Of a stream, in bytes (RFC 9113 §5.2). */
  private static final int HTTP_2_WINDOW = 128 << 10;

  private final Server server;
  private final OpenConnections connections;
  private final Duration headTime;
  private final Optional<ServerConnector> clear;

  private WebServer(WebServerConfig config, List<Network> trustedProxies, List<Mount> mounts) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    server = new Server(threads);
    ConnectionLimits limits = config.limits().withinDescriptors();
    connections = new OpenConnections(limits, trustedProxies);
    headTime = limits.headTime();
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(config.sendServerVersion());
    clear =
        config.port().isEmpty()
            ? Optional.empty()
            : Optional.of(listen(config, config.port().getAsInt(), clear(http, config.http2())));
    config.tls().ifPresent(tls -> listen(config, tls.port(), secure(http, tls, config.http2())));
    ProblemErrors errors = new ProblemErrors();
    server.setErrorHandler(errors);
    ServletContextHandler context = context(mounts);
    context.setErrorHandler(errors);
    HeadEndPoint.Watch watch = new HeadEndPoint.Watch();
    TransferCodings codings = new TransferCodings();
    codings.setHandler(context);
    watch.setHandler(codings);
    server.setHandler(watch);
  }

  /**
   * Starts to listen.
   *
   * @param trustedProxies may have any number of connections each, and say whose these are
   * @throws IOException with one line for a person, when a port is taken or the key store cannot be
   *     used
   */
  public static WebServer start(
      WebServerConfig config, List<Network> trustedProxies, List<Mount> mounts) throws IOException {
    WebServer server;
    try {
      server = new WebServer(config, trustedProxies, mounts);
    } catch (IllegalArgumentException e) {
      throw new IOException("HTTP cannot start: " + rootMessage(e), e);
    }
    try {
      server.server.start();
      return server;
    } catch (Exception e) {
      server.close();
      String what =
          e instanceof IOException
              ? "HTTP cannot listen on %s port %s".formatted(config.host(), ports(config))
              : "HTTP cannot start";
      throw new IOException(what + ": " + rootMessage(e), e);
    }
  }

  private ServerConnector listen(
      WebServerConfig config, int port, List<ConnectionFactory> protocols) {
    List<ConnectionFactory> all = new ArrayList<>(protocols);
    if (config.proxyProtocol()) {
      String first = protocols.get(0).getProtocol();
      all.addAll(
          0,
          List.of(
              new TrustedProxyProtocol(first),
              new TrustedProxyProtocol.Counted(first, connections)));
    }
    ServerConnector connector =
        new BoundedConnector(server, connections, headTime, all.toArray(ConnectionFactory[]::new));
    connector.setHost(config.host());
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  private static List<ConnectionFactory> clear(HttpConfiguration http, boolean http2) {
    List<ConnectionFactory> protocols = new ArrayList<>();
    protocols.add(new HttpConnectionFactory(http));
    if (http2) {
      protocols.add(new WithPriorKnowledge(http));
    }
    return protocols;
  }

  /**
   * Clear HTTP/2 for who begins with it (RFC 9113 §3.3). The upgrade from HTTP/1.1, which that RFC
   * has given up, would let requests pass a proxy that does not see them.
   */
  private static final class WithPriorKnowledge extends HTTP2CServerConnectionFactory {
    WithPriorKnowledge(HttpConfiguration http) {
      super(http);
      bound(this);
    }

    @Override
    public @Nullable Connection upgradeConnection(
        Connector connector,
        EndPoint endPoint,
        MetaData.Request request,
        HttpFields.Mutable response) {
      return request.getHttpVersion() == HttpVersion.HTTP_2
          ? super.upgradeConnection(connector, endPoint, request, response)
          : null;
    }
  }

  /** What one connection may have in memory: what is sent is not read while somebody is asked. */
  private static <T extends AbstractHTTP2ServerConnectionFactory> T bound(T http2) {
    http2.setMaxConcurrentStreams(HTTP_2_STREAMS);
    http2.setInitialStreamRecvWindow(HTTP_2_WINDOW);
    http2.setInitialSessionRecvWindow(2 * HTTP_2_WINDOW);
    return http2;
  }

  private static List<ConnectionFactory> secure(
      HttpConfiguration http, WebServerConfig.Tls tls, boolean http2) {
    HttpConfiguration https = new HttpConfiguration(http);
    // Clients on this machine and tests reach the server by addresses that no certificate names.
    https.addCustomizer(new SecureRequestCustomizer(false));
    if (!http2) {
      return List.of(
          new SslConnectionFactory(keys(tls), HTTP_1_1), new HttpConnectionFactory(https));
    }
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", HTTP_1_1);
    alpn.setDefaultProtocol(HTTP_1_1);
    return List.of(
        new SslConnectionFactory(keys(tls), alpn.getProtocol()),
        alpn,
        bound(new HTTP2ServerConnectionFactory(https)),
        new HttpConnectionFactory(https));
  }

  private static SslContextFactory.Server keys(WebServerConfig.Tls tls) {
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(tls.keyStorePath());
    keys.setKeyStorePassword(tls.keyStorePassword());
    keys.setNeedClientAuth(tls.needClientAuth());
    if (!tls.protocols().isEmpty()) {
      keys.setIncludeProtocols(tls.protocols().toArray(String[]::new));
    }
    if (!tls.cipherSuites().isEmpty()) {
      keys.setIncludeCipherSuites(tls.cipherSuites().toArray(String[]::new));
    }
    return keys;
  }

  static ServletContextHandler context(List<Mount> mounts) {
    ServletContextHandler context = new ServletContextHandler("/");
    mount(mounts, context);
    context.addServlet(new ServletHolder(new Nothing()), "/");
    return context;
  }

  /** All other paths, whatever the method: a container's own would echo TRACE. */
  private static final class Nothing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(HttpServletResponse.SC_NOT_FOUND, "No resource has this path.");
    }
  }

  /** Mounts servlets on a context, of this server or of another one. */
  public static void mount(List<Mount> mounts, ServletContextHandler context) {
    for (Mount mount : mounts) {
      ServletHolder holder = new ServletHolder(mount.servlet());
      holder.setAsyncSupported(true);
      mount.mappings().forEach(mapping -> context.addServlet(holder, mapping));
    }
  }

  private static String ports(WebServerConfig config) {
    List<String> ports = new ArrayList<>();
    config.port().ifPresent(port -> ports.add(String.valueOf(port)));
    config.tls().ifPresent(tls -> ports.add(String.valueOf(tls.port())));
    return String.join(" and ", ports);
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  /** The port that clear HTTP listens on, where it is on. */
  public Optional<Integer> port() {
    return clear.map(ServerConnector::getLocalPort);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LoggerFactory.getLogger(WebServer.class).warn("HTTP did not stop cleanly", e);
    }
  }
}
