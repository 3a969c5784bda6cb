package io.github.jvbwhip.standalone;

import io.github.jvbwhip.http.Mount;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;

/** Jetty with HTTP/1.1 and HTTP/2 on one port, and on a second one with TLS where configured. */
final class WebServer implements AutoCloseable {
  private final Server server;
  private final ServerConnector clear;
  private final Optional<ServerConnector> secure;

  private WebServer(Server server, ServerConnector clear, Optional<ServerConnector> secure) {
    this.server = server;
    this.clear = clear;
    this.secure = secure;
  }

  /**
   * @throws StartupException when a port is taken or the key store cannot be used
   */
  static WebServer start(StandaloneConfig.Http config, List<Mount> mounts) throws StartupException {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);

    ServerConnector clear =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    clear.setHost(config.host());
    clear.setPort(config.port());
    server.addConnector(clear);
    Optional<ServerConnector> secure =
        config.tls().map(tls -> tlsConnector(server, http, config, tls));
    secure.ifPresent(server::addConnector);

    ServletContextHandler context = new ServletContextHandler("/");
    for (Mount mount : mounts) {
      ServletHolder holder = new ServletHolder(mount.servlet());
      holder.setAsyncSupported(true);
      mount.mappings().forEach(mapping -> context.addServlet(holder, mapping));
    }
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly(server);
      if (e instanceof IOException) {
        throw new StartupException(
            "HTTP cannot listen on "
                + config.host()
                + " port "
                + config.port()
                + ": "
                + rootMessage(e)
                + ". Choose another one with --port.",
            e);
      }
      throw new StartupException("HTTP cannot start: " + rootMessage(e), e);
    }
    return new WebServer(server, clear, secure);
  }

  private static ServerConnector tlsConnector(
      Server server,
      HttpConfiguration http,
      StandaloneConfig.Http config,
      StandaloneConfig.Tls tls) {
    HttpConfiguration https = new HttpConfiguration(http);
    // Clients on this machine and tests reach the server by addresses that no certificate names.
    https.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server keys = new SslContextFactory.Server();
    keys.setKeyStorePath(tls.keyStorePath());
    keys.setKeyStorePassword(tls.keyStorePassword());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol("http/1.1");
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(keys, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(https),
            new HttpConnectionFactory(https));
    connector.setHost(config.host());
    connector.setPort(tls.port());
    return connector;
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  /** The port that clear HTTP listens on. */
  int port() {
    return clear.getLocalPort();
  }

  /** The port that HTTP over TLS listens on, where it is on. */
  Optional<Integer> securePort() {
    return secure.map(ServerConnector::getLocalPort);
  }

  @Override
  public void close() {
    stopQuietly(server);
  }

  private static void stopQuietly(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      LoggerFactory.getLogger(WebServer.class).warn("HTTP did not stop cleanly", e);
    }
  }
}
