package io.github.jvbwhip.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The product on a real Jitsi Videobridge, where one is installed. */
final class JvbServer {
  private static final String DEBIAN = "/usr/share/jitsi-videobridge";

  private JvbServer() {}

  /** Starts a bridge of its own; the test is reported as skipped where none is installed. */
  static ServerUnderTest start() {
    Assumptions.assumeTrue(
        Stream.of(System.getProperty("jvb.home"), System.getenv("JVB_HOME"), DEBIAN)
            .filter(home -> home != null && !home.isBlank())
            .anyMatch(home -> Files.isRegularFile(Path.of(home, "jitsi-videobridge.jar"))),
        "no Jitsi Videobridge found (-Djvb.home, JVB_HOME, " + DEBIAN + ")");
    Assumptions.assumeTrue(
        Files.isRegularFile(Path.of(System.getProperty("dropin.jar", ""))),
        "the drop-in jar has not been built: mvn package");
    StandaloneProcess process =
        StandaloneProcess.start(
            "--bridge", "jvb", "--port", "0", "--udp-port", "0", "--config", config().toString());
    process.uri(); // it is up
    return process;
  }

  /** A busy test machine is no reason to refuse anything. */
  private static Path config() {
    try {
      Path file = Files.createTempFile(Path.of("target"), "jvb-", ".conf");
      return Files.writeString(file, "videobridge.whip.stress-limit = 0\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
