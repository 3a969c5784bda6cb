package io.github.jvbwhip.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * How far a bridge is that was started. It is there when its private HTTP server answers, whatever
 * it says; before that the plugin has its connector, which takes connections then, whatever it
 * serves and to whom. Thread-safe.
 */
final class JvbReadiness {
  /** How far. */
  enum State {
    STARTING,
    /** It runs, and the plugin has stayed off. */
    WITHOUT_PLUGIN,
    READY
  }

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI health;
  private final InetSocketAddress connector;

  /**
   * @param privateServer the root of the bridge's private HTTP server
   * @param host where the plugin's connector listens; of all addresses one is enough
   */
  JvbReadiness(URI privateServer, String host, int port) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    health = privateServer.resolve("about/health");
    connector =
        new InetSocketAddress(
            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
  }

  State state() throws InterruptedException {
    return !answers() ? State.STARTING : takesConnections() ? State.READY : State.WITHOUT_PLUGIN;
  }

  private boolean answers() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
      client.send(request, BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(connector, (int) PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
