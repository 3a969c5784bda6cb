package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several Jitsi Videobridges in processes of their own, each with the plugin, which can relay to
 * one another.
 */
public final class JvbCluster implements AutoCloseable {
  private final List<JvbProcess> bridges = new ArrayList<>();

  private JvbCluster() {}

  /** What one of them has in its {@code jvb.conf} besides ports and relays. */
  public interface Configuration {
    /**
     * Makes it, before its bridge is started.
     *
     * @param number from 0
     * @param urls where all of them have, or will have, their private HTTP server
     */
    String of(int number, List<URI> urls);
  }

  /** Starts so many of those that are installed there, one after the other. */
  public static JvbCluster start(Path home, int size, Configuration configuration)
      throws IOException, InterruptedException {
    JvbCluster cluster = new JvbCluster();
    List<Integer> ports = new ArrayList<>();
    while (ports.size() < size) {
      int port = FreePort.find();
      if (!ports.contains(port)) {
        ports.add(port);
      }
    }
    List<URI> urls = ports.stream().map(p -> URI.create("http://127.0.0.1:" + p + "/")).toList();
    try {
      for (int i = 0; i < size; i++) {
        cluster.bridges.add(
            JvbProcess.start(
                home,
                Optional.of(JvbProcess.dropInJar()),
                relays("bridge-" + i) + configuration.of(i, urls),
                ports.get(i)));
      }
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** What a bridge needs to relay without SCTP; nothing has to reach its web sockets. */
  private static String relays(String id) {
    return "videobridge { relay { enabled = true, relay-id = "
        + id
        + " }, websockets.enabled = true }\n";
  }

  public JvbProcess bridge(int number) {
    return bridges.get(number);
  }

  @Override
  public void close() {
    bridges.forEach(JvbProcess::close);
  }
}
