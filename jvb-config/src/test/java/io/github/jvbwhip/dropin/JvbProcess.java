package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Jitsi Videobridge in a process of its own, started as its own {@code jvb.sh} does, from a copy
 * of its directory in which the plugin's jar lies in {@code lib/}. No XMPP, no STUN, free ports.
 */
public final class JvbProcess implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofSeconds(180);
  private static final Duration STOP_TIME = Duration.ofSeconds(15);

  /** The plugins switched on. */
  public static final String BOTH_ON =
      "videobridge { whip { enabled = true }, whep { enabled = true } }\n";

  /** Within {@code videobridge}: a busy machine's feedback tells of a network that there is not. */
  static final String BANDWIDTH_ENOUGH = "  cc.trust-bwe = false\n";

  private final Path directory;
  private final int httpPort;
  private final int udpPort;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  private JvbProcess(Path directory, int httpPort, int udpPort) throws IOException {
    this.directory = directory;
    this.httpPort = httpPort;
    this.udpPort = udpPort;
    this.process = launch();
  }

  /** The plugin's jar as the build has made it. */
  public static Path dropInJar() {
    return Path.of(System.getProperty("dropin.jar", "target/jvb-whip-whep-0.1.0-SNAPSHOT.jar"));
  }

  /** A bridge with the plugin, both protocols on. */
  public static JvbProcess start(Path home) throws IOException, InterruptedException {
    return start(home, Optional.of(dropInJar()), BOTH_ON);
  }

  /**
   * Starts a bridge and waits until its REST interface answers.
   *
   * @param jar the plugin's jar, or none
   * @param config what {@code jvb.conf} has besides ports
   */
  public static JvbProcess start(Path home, Optional<Path> jar, String config)
      throws IOException, InterruptedException {
    return start(home, jar, config, FreePort.find());
  }

  /** The same with a port for HTTP that others know before. */
  static JvbProcess start(Path home, Optional<Path> jar, String config, int http)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("jvb");
    install(home, directory, jar);
    int udp = FreePort.find();
    Files.writeString(directory.resolve("jvb.conf"), base(http, udp) + config);
    JvbProcess bridge = new JvbProcess(directory, http, udp);
    try {
      bridge.awaitReady();
    } catch (IOException | InterruptedException | RuntimeException e) {
      bridge.close();
      throw e;
    }
    return bridge;
  }

  private Process launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", directory.resolve("jvb.sh").toString());
    builder.environment().put("VIDEOBRIDGE_MAX_MEMORY", "512m");
    builder.environment().put("JAVA_SYS_PROPS", "-Dconfig.file=" + directory.resolve("jvb.conf"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("jvb.log").toFile()));
    return builder.start();
  }

  /** Starts it again after its end: the same ports, the same configuration. */
  public void restart() throws IOException, InterruptedException {
    if (process.isAlive()) {
      throw new IllegalStateException("it is running");
    }
    process = launch();
    awaitReady();
  }

  private static String base(int http, int udp) {
    return String.join(
        "\n",
        "videobridge {",
        "  sctp.enabled = false",
        "  apis { rest.enabled = true, xmpp-client.configs {} }",
        "  http-servers { private { host = 127.0.0.1, port = " + http + " }, public.port = -1 }",
        "  ice.udp.port = " + udp,
        "  health.require-valid-address = false",
        "}",
        "ice4j.harvest {",
        "  use-ipv6 = false",
        "  mapping { aws.enabled = false, stun.addresses = [] }",
        "}",
        "");
  }

  private static void install(Path home, Path directory, Optional<Path> jar) throws IOException {
    Path lib = Files.createDirectory(directory.resolve("lib"));
    Files.createSymbolicLink(
        directory.resolve("jitsi-videobridge.jar"), home.resolve("jitsi-videobridge.jar"));
    Files.copy(home.resolve("jvb.sh"), directory.resolve("jvb.sh"));
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      for (Path file : files.filter(f -> !isPlugin(f)).toList()) {
        Files.createSymbolicLink(lib.resolve(file.getFileName().toString()), file);
      }
    }
    if (jar.isPresent()) {
      Files.copy(jar.get(), lib.resolve(jar.get().getFileName().toString()));
    }
  }

  /** An installed one must not get in the way of the one under test. */
  private static boolean isPlugin(Path file) {
    return file.getFileName().toString().startsWith("jvb-whip-whep");
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        if (get("/about/version").statusCode() != 0) {
          return;
        }
      } catch (IOException e) {
        // Not yet there.
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new IOException("the bridge did not start:\n" + log());
  }

  /** A URL on the bridge's private HTTP server. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + httpPort + path);
  }

  public int udpPort() {
    return udpPort;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** GETs from the private HTTP server. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url(path))
            .timeout(Duration.ofSeconds(20))
            // Without this field the bridge's /metrics fails.
            .header("Accept", "*/*")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** POSTs JSON to the private HTTP server. */
  public HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send("POST", path, json);
  }

  /** PATCHes JSON on the private HTTP server. */
  public HttpResponse<String> patch(String path, String json)
      throws IOException, InterruptedException {
    return send("PATCH", path, json);
  }

  private HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What the bridge has logged so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("jvb.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of the log that contain this. */
  public List<String> logLines(String text) {
    return log().lines().filter(line -> line.contains(text)).toList();
  }

  /** Stops it as an operator does, by SIGTERM. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Ends it without a chance to tidy up, by SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has ended by itself. */
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    try {
      stop();
      keepLog();
      delete(directory);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For whoever looks into a failed test. */
  private void keepLog() throws IOException {
    Path logs = Files.createDirectories(Path.of("target", "jvb-logs"));
    Files.move(
        directory.resolve("jvb.log"),
        logs.resolve("jvb-" + process.pid() + ".log"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
