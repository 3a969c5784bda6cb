package io.github.jvbwhip.benchmarks.process;

import io.github.jvbwhip.standalone.Main;
import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, on ports that were free. */
public final class Server implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofSeconds(60);

  /** As the script of a Jitsi Videobridge has it, for all alike. */
  private static final String HEAP = "-Xmx3072m";

  /** One client asks very often. */
  public static final String NO_RATE_LIMIT =
      "videobridge.whip.rate-limit.requests-per-second = 0\n"
          + "videobridge.whep.rate-limit.requests-per-second = 0\n";

  private final URI base;
  private final Jvm jvm;
  private final AutoCloseable process;

  private Server(URI base, Jvm jvm, AutoCloseable process) {
    this.base = base;
    this.jvm = jvm;
    this.process = process;
  }

  /**
   * Both endpoints on either bridge.
   *
   * @param bridge {@code jvb} for a Jitsi Videobridge
   * @param config beyond what all have
   */
  public static Server of(String bridge, String config) throws IOException, InterruptedException {
    return bridge.equals("jvb") ? jvb(config) : embedded(config);
  }

  /**
   * Both endpoints on the embedded bridge.
   *
   * @param config beyond what all have: no rate limit
   */
  public static Server embedded(String config) throws IOException, InterruptedException {
    Path file = Files.createTempFile("benchmark", ".conf");
    Files.writeString(file, NO_RATE_LIMIT + config);
    int port = FreePort.find();
    return own(
        port,
        file,
        Main.class,
        "--bridge",
        "embedded",
        "--port",
        Integer.toString(port),
        "--udp-port",
        "0",
        "--config",
        file.toString());
  }

  /**
   * A Jitsi Videobridge with the plugin, both on its private HTTP server, as its own script starts
   * it but for its ports and XMPP.
   *
   * @param config beyond what all have: both protocols on, no rate limit
   */
  public static Server jvb(String config) throws IOException, InterruptedException {
    Path home = Build.jvbHome();
    Path file = Files.createTempFile("benchmark", ".conf");
    int port = FreePort.find();
    Files.writeString(
        file,
        """
        videobridge {
          sctp.enabled = false
          apis { rest.enabled = true, xmpp-client.configs {} }
          http-servers { private { host = 127.0.0.1, port = %d }, public.port = -1 }
          ice.udp.port = %d
          health.require-valid-address = false
          whip.enabled = true
          whep.enabled = true
        }
        ice4j.harvest { use-ipv6 = false, mapping { aws.enabled = false, stun.addresses = [] } }
        """
                .formatted(port, FreePort.find())
            + NO_RATE_LIMIT
            + config);
    String classPath =
        home.resolve("jitsi-videobridge.jar")
            + File.pathSeparator
            + home.resolve("lib/*")
            + File.pathSeparator
            + Build.dropInJar();
    return start(
        port,
        file,
        List.of(
            "-Dconfig.file=" + file,
            "-Djava.util.logging.config.file=" + home.resolve("lib/logging.properties"),
            "-cp",
            classPath,
            "org.jitsi.videobridge.MainKt"));
  }

  /** A servlet that does nothing: the measure of those that do. */
  public static Server empty() throws IOException, InterruptedException {
    int port = FreePort.find();
    Path none = Files.createTempFile("benchmark", ".conf");
    return own(port, none, EmptyServer.class, Integer.toString(port));
  }

  private static Server own(int port, Path config, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return start(port, config, command);
  }

  private static Server start(int port, Path config, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    command.addAll(arguments);
    File log = Files.createTempFile("benchmark", ".log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    AutoCloseable ending =
        () -> {
          process.destroy();
          process.waitFor();
          Files.delete(config);
          Files.delete(log.toPath());
        };
    URI base = URI.create("http://127.0.0.1:" + port + "/");
    try {
      awaitReady(base, process, log);
      return new Server(base, Jvm.attach(process.pid()), ending);
    } catch (IOException | InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  private static void awaitReady(URI base, Process process, File log)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) base.resolve("whip/ready").toURL().openConnection();
        if (connection.getResponseCode() / 100 == 2) {
          return;
        }
      } catch (IOException e) {
        // Not yet there.
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new IOException("the server did not start:\n" + Files.readString(log.toPath()));
  }

  /** A URL of its HTTP server: {@code whip/room}, say. */
  public URI url(String path) {
    return base.resolve(path);
  }

  /** Its process. */
  public Jvm jvm() {
    return jvm;
  }

  @Override
  public void close() throws Exception {
    jvm.close();
    process.close();
  }
}
