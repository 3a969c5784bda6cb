package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The product as {@code ./run} starts it, in a process of its own. */
final class Server implements AutoCloseable {
  /** What a Jitsi Videobridge calls severe when packets are lost, or a client hangs up early. */
  private static final List<String> OF_CLIENTS =
      List.of("Received feedback before packet", "Error during DTLS");

  /** What the script says of where the product is. */
  static final String CLASS_PATH = "soak.class-path";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  /** One address asks very often. */
  private static final String CONFIG =
      """
      videobridge.whip.rate-limit.requests-per-second = 0
      videobridge.whep.rate-limit.requests-per-second = 0
      """;

  /**
   * A Jitsi Videobridge misses clients that have vanished sooner than it does by itself, so that
   * rounds are shorter.
   */
  private static final String JVB_CONFIG =
      "videobridge.entity-expiration { timeout = 30 seconds, check-interval = 5 seconds }\n";

  private final Process process;
  private final URI uri;
  private final Path log;

  private Server(Process process, URI uri, Path log) {
    this.process = process;
    this.uri = uri;
    this.log = log;
  }

  /** Where it listens: the same after a restart. */
  record Ports(int http, int udp) {
    /** Some that are free. */
    static Ports free() {
      return new Ports(FreePort.find(), FreePort.find());
    }
  }

  private static String config(Options.Bridge bridge) {
    return bridge == Options.Bridge.jvb ? CONFIG + JVB_CONFIG : CONFIG;
  }

  /**
   * Starts one; returns when it answers.
   *
   * @param ports of HTTP and of media
   * @param work where its log and its configuration are put
   */
  static Server start(Options.Bridge bridge, Ports ports, Path work)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    Path config = Files.writeString(work.resolve("soak.conf"), config(bridge));
    Path log = work.resolve(bridge + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+ExitOnOutOfMemoryError",
                "-Djvbwhip.plugin=" + System.getProperty("dropin.jar", ""),
                "-cp",
                System.getProperty(CLASS_PATH, System.getProperty("java.class.path")),
                "io.github.jvbwhip.standalone.Main",
                "--bridge",
                bridge.name(),
                "--port",
                Integer.toString(ports.http()),
                "--udp-port",
                Integer.toString(ports.udp()),
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Server server = new Server(process, URI.create("http://127.0.0.1:" + ports.http() + "/"), log);
    try {
      server.awaitReady();
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) uri.resolve("whip/ready").toURL().openConnection();
        if (connection.getResponseCode() == 204) {
          return;
        }
      } catch (IOException e) {
        // Not yet there.
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    throw new IOException("the server did not start:\n" + Files.readString(log));
  }

  /** Where its endpoints are. */
  URI uri() {
    return uri;
  }

  /** The process that the bridge runs in: the one that was started, or its child. */
  long pid() {
    Optional<ProcessHandle> child = process.children().findFirst();
    return child.map(ProcessHandle::pid).orElse(process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has logged as faults of its own. */
  List<String> faults() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("SEVERE") && OF_CLIENTS.stream().noneMatch(line::contains))
          .map(line -> "logged: " + line)
          .toList();
    }
  }

  /** Ends it with SIGTERM; returns whether it has ended by itself in time. */
  boolean stop() {
    process.destroy();
    try {
      if (process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  @Override
  public void close() {
    stop();
  }
}
