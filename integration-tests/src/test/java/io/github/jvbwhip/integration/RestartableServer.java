package io.github.jvbwhip.integration;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The product in a process of its own, which goes and comes back on the same port. */
public final class RestartableServer implements ServerUnderTest {
  private interface Start {
    StandaloneProcess process(Map<String, ?> settings, int port);
  }

  private final Start start;
  private final int port = FreePort.find();
  private @Nullable StandaloneProcess process;

  private RestartableServer(Start start) {
    this.start = start;
  }

  /** On the embedded bridge; not started yet. */
  public static RestartableServer embedded() {
    return new RestartableServer(RestartableServer::startEmbedded);
  }

  /** On a Jitsi Videobridge; not started yet. */
  public static RestartableServer jvb() {
    return new RestartableServer(JvbServer::startProcess);
  }

  private static StandaloneProcess startEmbedded(Map<String, ?> settings, int port) {
    StandaloneProcess started =
        StandaloneProcess.start(
            "--bridge",
            "embedded",
            "--port",
            String.valueOf(port),
            "--udp-port",
            "0",
            "--config",
            StandaloneProcess.config(settings).toString());
    started.uri(); // it is up
    return started;
  }

  /** Starts it, again where it has ended; it is up when this returns. */
  public void start(Map<String, ?> settings) {
    close();
    process = start.process(settings, port);
  }

  @Override
  public URI uri() {
    return URI.create("http://localhost:" + port + "/");
  }

  /** Ends it without a chance to say anything, by SIGKILL. */
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Ends it as an operator does, by SIGTERM, and waits for its end. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
