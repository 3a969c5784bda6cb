package io.github.jvbwhip.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.server.WebServerConfig;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jitsi Videobridge with the plugin, in a process of its own and with a configuration of its own:
 * without XMPP, the installed bridge and its configuration stay untouched.
 */
final class JvbProcess {
  /** The sections of its configuration. */
  static final Set<String> SECTIONS = Set.of("videobridge", "ice4j", "jmt", "tracing");

  private static final Logger LOG = LoggerFactory.getLogger(JvbProcess.class);

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private JvbProcess() {}

  /**
   * Runs a bridge until it or this process is ended.
   *
   * @return its exit status
   * @throws StartupException when it cannot be started
   * @throws InvalidConfigException with one line that names the key that is wrong
   */
  static int run(
      JvbHome home, StandaloneConfig own, Config config, Config file, Banner.Access access)
      throws StartupException, InvalidConfigException, InterruptedException {
    boolean pages = DropInKeys.hasPages(config);
    Path plugin = Path.of(System.getProperty("jvbwhip.plugin", ""));
    if (!Files.isRegularFile(plugin)) {
      throw new StartupException(
          "The drop-in jar is missing: build it with mvn -DskipTests package.");
    }
    try {
      Path directory = Files.createTempDirectory("jvb-whip-");
      try {
        refuseTakenPorts(own);
        JvbSettings settings = JvbSettings.of(own, config, file);
        tellUnread(file, settings);
        Process process = start(home, plugin, directory, settings.config());
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> stop(process, directory), "shutdown"));
        announce(process, home, own, settings, access, pages);
        return process.waitFor();
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new StartupException("The bridge cannot be started: " + e.getMessage(), e);
    }
  }

  private static void tellUnread(Config file, JvbSettings settings) {
    List<String> unread = new ArrayList<>(GivenKeys.unread(file, true));
    unread.addAll(settings.overridden());
    if (!unread.isEmpty()) {
      LOG.warn("With a Jitsi Videobridge nobody reads {}", String.join(", ", unread));
    }
  }

  /** The bridge itself would say so in a stack trace, and run on without HTTP. */
  private static void refuseTakenPorts(StandaloneConfig own) throws IOException, StartupException {
    WebServerConfig http = own.http();
    refuseTakenPort(http.host(), http.port().orElse(0));
    if (http.tls().isPresent()) {
      refuseTakenPort(http.host(), http.tls().get().port());
    }
    for (InetAddress address : own.bind().isEmpty() ? JvbSettings.localAddresses() : own.bind()) {
      try (DatagramSocket free =
          new DatagramSocket(new InetSocketAddress(address, own.udpPort()))) {
        continue;
      } catch (IOException e) {
        throw new StartupException(
            "Media cannot use UDP port %d of %s: %s. Choose another port with --udp-port."
                .formatted(own.udpPort(), address.getHostAddress(), e.getMessage()),
            e);
      }
    }
  }

  private static void refuseTakenPort(String host, int port) throws StartupException {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true); // As the bridge's.
      free.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new StartupException(
          "HTTP cannot listen on %s port %d: %s. Choose another one with --port."
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private static Process start(JvbHome home, Path plugin, Path directory, Config config)
      throws IOException {
    Path file = directory.resolve("jvb.conf");
    Files.writeString(file, config.root().render(ConfigRenderOptions.concise()));
    String classPath =
        String.join(
            File.pathSeparator,
            home.jar().toString(),
            home.libraries().resolve("*").toString(),
            plugin.toString());
    // JVB's own logging says a dozen lines for each session, and the banner would drown in them.
    Path logging = directory.resolve("logging.properties");
    try (InputStream in = JvbProcess.class.getResourceAsStream("logging.properties")) {
      Files.write(logging, in.readAllBytes());
    }
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(javaOptions(System.getenv()));
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError", // As ./run has it.
            "-Dconfig.file=" + file,
            "-Djava.util.logging.config.file=" + logging,
            "-cp",
            classPath,
            "org.jitsi.videobridge.MainKt"));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** The options of Java that the bridge's own {@code jvb.sh} makes of the environment. */
  static List<String> javaOptions(Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    given(environment, "VIDEOBRIDGE_MAX_MEMORY").ifPresent(most -> options.add("-Xmx" + most));
    given(environment, "VIDEOBRIDGE_GC_TYPE").ifPresent(gc -> options.add("-XX:+Use" + gc));
    given(environment, "VIDEOBRIDGE_DEBUG_OPTIONS")
        .ifPresent(more -> options.addAll(List.of(more.split("\\s+"))));
    return options;
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static void announce(
      Process process,
      JvbHome home,
      StandaloneConfig own,
      JvbSettings settings,
      Banner.Access access,
      boolean pages)
      throws InterruptedException, IOException, StartupException {
    String host = own.http().host();
    JvbReadiness readiness = new JvbReadiness(settings.privateServer(), host, settings.port());
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    JvbReadiness.State state = readiness.state();
    while (state != JvbReadiness.State.READY) {
      if (state == JvbReadiness.State.WITHOUT_PLUGIN) {
        stop(process);
        throw new StartupException(
            "The bridge runs, but WHIP and WHEP are off: the log above says why, or both are"
                + " switched off.");
      }
      if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
        throw new StartupException(
            "The bridge ended with status " + process.exitValue() + "; its log is above.");
      }
      if (System.nanoTime() > deadline) {
        stop(process);
        throw new StartupException(
            "The bridge did not answer on port " + settings.port() + " in time.");
      }
      state = readiness.state();
    }
    Banner banner =
        new Banner(
            "Jitsi Videobridge in " + home.directory() + udp(own),
            host,
            settings.port(),
            access,
            pages,
            Optional.of(settings.privateServer()));
    System.out.println(banner.text());
  }

  private static String udp(StandaloneConfig own) {
    return own.udpPort() == 0 ? "" : ", media on UDP port " + own.udpPort();
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** On SIGTERM, when nothing after {@code waitFor} may run any more; tokens are in the files. */
  private static void stop(Process process, Path directory) {
    stop(process);
    try {
      delete(directory);
    } catch (IOException e) {
      System.err.println(directory + " could not be deleted: " + e.getMessage());
    }
  }

  private static synchronized void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
