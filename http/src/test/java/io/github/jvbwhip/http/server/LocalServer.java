package io.github.jvbwhip.http.server;

import io.github.jvbwhip.http.TestServer;
import io.github.jvbwhip.http.composition.Mount;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/** The product's HTTP server in memory: requests are bytes, and go over no wire. */
public final class LocalServer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final Server server = TestServer.newServer(16);
  private final LocalConnector connector = new LocalConnector(server);

  /**
   * @param mounts the servlets
   */
  public LocalServer(List<Mount> mounts) throws Exception {
    server.addConnector(connector);
    ProblemErrors errors = new ProblemErrors();
    server.setErrorHandler(errors);
    ServletContextHandler context = WebServer.context(mounts);
    context.setErrorHandler(errors);
    server.setHandler(context);
    server.start();
  }

  /**
   * The whole response to a whole request.
   *
   * @param head whether that is one to HEAD, which has no body whatever it says
   */
  public String respond(String request, boolean head) throws Exception {
    ByteBuffer response =
        connector.getResponse(
            ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)),
            head,
            LIMIT_SECONDS,
            TimeUnit.SECONDS);
    if (response == null) {
      throw new AssertionError("no response to " + request);
    }
    return StandardCharsets.UTF_8.decode(response).toString();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
