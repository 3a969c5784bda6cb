package io.github.jvbwhip.benchmarks.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the build has put what the benchmarks start. */
public final class Build {
  private static final String DEBIAN = "/usr/share/jitsi-videobridge";

  private Build() {}

  /**
   * The directory of an installed Jitsi Videobridge: {@code -Djvb.home}, {@code JVB_HOME}, or where
   * the Debian package puts it.
   *
   * @throws IOException when none is found
   */
  public static Path jvbHome() throws IOException {
    String named = System.getProperty("jvb.home", System.getenv().getOrDefault("JVB_HOME", DEBIAN));
    Path home = Path.of(named);
    if (!Files.isRegularFile(home.resolve("jitsi-videobridge.jar"))) {
      throw new IOException(
          "No Jitsi Videobridge in %s: set JVB_HOME to the directory that holds jitsi-videobridge.jar"
              .formatted(home));
    }
    return home;
  }

  /**
   * The drop-in jar.
   *
   * @throws IOException when it has not been built
   */
  public static Path dropInJar() throws IOException {
    Path target = root().resolve("jvb-config/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("jvb-whip-whep-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no drop-in jar in " + target));
    }
  }

  /** The repository, in which this class lies in {@code benchmarks/target/<jar or classes>}. */
  public static Path root() {
    try {
      Path own = Path.of(Build.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
