package io.github.jvbwhip.http;

import io.github.jvbwhip.http.composition.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A real Jetty with the servlets, on a port of its own, for HTTP/1.1 and clear HTTP/2; and clients.
 */
public final class TestServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(LIMIT)
          .build();

  /**
   * @param mounts the servlets
   */
  public TestServer(List<Mount> mounts) throws Exception {
    this(mounts, 200);
  }

  /** A server without connectors, whose threads are known for a test's. */
  public static Server newServer(int threads) {
    QueuedThreadPool pool = new QueuedThreadPool(threads);
    pool.setName("test-http");
    return new Server(pool);
  }

  /**
   * @param threads how many the server has in all
   */
  public TestServer(List<Mount> mounts, int threads) throws Exception {
    server = newServer(threads);
    HttpConfiguration config = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    for (Mount mount : mounts) {
      ServletHolder holder = new ServletHolder(mount.servlet());
      holder.setAsyncSupported(true);
      mount.mappings().forEach(mapping -> context.addServlet(holder, mapping));
    }
    server.setHandler(context);
    server.start();
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** The URL of a path with its query, or of a URL. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port()).resolve(path);
  }

  /** A request to that path. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(LIMIT);
  }

  /** The response of a request with that method and body. */
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(client, request.build());
  }

  /** The response to a client of the test's own. */
  public static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A connection for bytes that no client library would send. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  /** Sends text as it is, and reads all until the server closes. */
  public String raw(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return readAll(socket.getInputStream());
    }
  }

  private static String readAll(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
