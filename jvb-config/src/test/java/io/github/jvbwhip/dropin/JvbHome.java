package io.github.jvbwhip.dropin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where a Jitsi Videobridge is installed: {@code -Djvb.home}, {@code JVB_HOME}, Debian's place. */
public final class JvbHome {
  private static final String DEBIAN = "/usr/share/jitsi-videobridge";

  /** What to say where there is none. */
  public static final String MISSING =
      "no Jitsi Videobridge found (-Djvb.home, JVB_HOME, " + DEBIAN + ")";

  private JvbHome() {}

  /** The directory with {@code jitsi-videobridge.jar}, {@code jvb.sh} and {@code lib/}. */
  public static Optional<Path> find() {
    return Stream.of(System.getProperty("jvb.home"), System.getenv("JVB_HOME"), DEBIAN)
        .filter(home -> home != null && !home.isBlank())
        .map(Path::of)
        .filter(home -> Files.isRegularFile(home.resolve("jitsi-videobridge.jar")))
        .findFirst();
  }

  /** The same; the test is reported as skipped where there is none. */
  public static Path orSkip() {
    Optional<Path> home = find();
    Assumptions.assumeTrue(home.isPresent(), MISSING);
    return home.orElseThrow();
  }
}
