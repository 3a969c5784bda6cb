package io.github.jvbwhip.integration;

import io.github.jvbwhip.dropin.JvbHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Assumptions;

/** The product on a real Jitsi Videobridge, where one is installed. */
public final class JvbServer {
  private JvbServer() {}

  /** Starts a bridge of its own; the test is reported as skipped where none is installed. */
  public static ServerUnderTest start() {
    return start(Map.of());
  }

  /** Starts one with these configuration keys on top. */
  public static ServerUnderTest start(Map<String, ?> settings) {
    return startProcess(settings);
  }

  /** The same, with what can be said of its process. */
  static StandaloneProcess startProcess(Map<String, ?> settings) {
    return startProcess(settings, 0);
  }

  /** The same on a port of one's choice. */
  static StandaloneProcess startProcess(Map<String, ?> settings, int port) {
    Assumptions.assumeTrue(JvbHome.find().isPresent(), JvbHome.MISSING);
    Assumptions.assumeTrue(
        Files.isRegularFile(Path.of(System.getProperty("dropin.jar", ""))),
        "the drop-in jar has not been built: mvn package");
    StandaloneProcess process =
        StandaloneProcess.start(
            "--bridge",
            "jvb",
            "--port",
            String.valueOf(port),
            "--udp-port",
            "0",
            "--config",
            StandaloneProcess.config(settings).toString());
    process.uri(); // it is up
    return process;
  }

  /** Whether the installed bridge can restart ICE; those before August 2026 cannot. */
  public static boolean restartsIce() {
    try (JarFile classes =
        new JarFile(JvbHome.orSkip().resolve("jitsi-videobridge.jar").toFile())) {
      return classes.getEntry("org/jitsi/videobridge/transport/ice/IceRestartResult.class") != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
