package io.github.jvbwhip.dropin;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Jicofo in a process of its own, which manages the conferences of an XMPP server. */
final class JicofoProcess implements AutoCloseable {
  private static final String DEBIAN = "/usr/share/jicofo";
  private static final long STOP_SECONDS = 15;

  /** What to say where there is none. */
  static final String MISSING = "no Jicofo found (-Djicofo.home, JICOFO_HOME, " + DEBIAN + ")";

  private final Path directory;
  private final Process process;

  private JicofoProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** Where it is installed: {@code -Djicofo.home}, {@code JICOFO_HOME}, Debian's place. */
  static Optional<Path> find() {
    return Stream.of(System.getProperty("jicofo.home"), System.getenv("JICOFO_HOME"), DEBIAN)
        .filter(each -> each != null && !each.isBlank())
        .map(Path::of)
        .filter(each -> Files.isRegularFile(each.resolve("jicofo.jar")))
        .findFirst();
  }

  /** The same; the test is reported as skipped where there is none. */
  static Path homeOrSkip() {
    Optional<Path> home = find();
    Assumptions.assumeTrue(home.isPresent(), MISSING);
    return home.orElseThrow();
  }

  /**
   * Starts it; when it manages conferences shows when one is asked for.
   *
   * @param port the XMPP server's
   * @param more what it is configured with where that is not as usual
   */
  static JicofoProcess start(Path home, int port, String password, String more) throws IOException {
    Path directory = Files.createTempDirectory("jicofo");
    Path config = directory.resolve("jicofo.conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "jicofo {",
            "  rest { host = 127.0.0.1, port = " + FreePort.find() + " }",
            "  sctp.enabled = false",
            "  " + more,
            "  bridge.brewery-jid = \"jvbbrewery@internal.auth.meet.test\"",
            "  xmpp {",
            "    service.enabled = false",
            "    trusted-domains = [ auth.meet.test ]",
            "    client {",
            "      enabled = true, hostname = 127.0.0.1, port = " + port,
            "      domain = auth.meet.test, username = focus, password = " + password,
            "      client-proxy = focus.meet.test, xmpp-domain = meet.test",
            "      conference-muc-jid = conference.meet.test, use-tls = false",
            "      disable-certificate-verification = true",
            "    }",
            "  }",
            "}",
            ""));
    ProcessBuilder builder = new ProcessBuilder("bash", home.resolve("jicofo.sh").toString());
    builder.environment().put("JICOFO_MAX_MEMORY", "384m");
    builder.environment().put("JAVA_SYS_PROPS", "-Dconfig.file=" + config);
    builder.redirectErrorStream(true);
    builder.redirectOutput(directory.resolve("jicofo.log").toFile());
    return new JicofoProcess(directory, builder.start());
  }

  /** What it has said. */
  String log() {
    try {
      return Files.readString(directory.resolve("jicofo.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
