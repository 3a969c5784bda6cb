package io.github.jvbwhip.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Where a Jitsi Videobridge is installed: a directory with its jar and {@code lib/}. */
record JvbHome(Path directory) {
  private static final Path DEBIAN = Path.of("/usr/share/jitsi-videobridge");

  /**
   * Looks at the system property {@code jvb.home}, then at the environment variable {@code
   * JVB_HOME}, then where the Debian package puts it. A place that was named and holds no JVB is
   * not passed over for another one.
   */
  static Optional<JvbHome> find(Properties properties, Map<String, String> environment) {
    String named = properties.getProperty("jvb.home", environment.getOrDefault("JVB_HOME", ""));
    Path directory = named.isBlank() ? DEBIAN : Path.of(named);
    JvbHome home = new JvbHome(directory);
    return Files.isRegularFile(home.jar()) && Files.isDirectory(home.libraries())
        ? Optional.of(home)
        : Optional.empty();
  }

  Path jar() {
    return directory.resolve("jitsi-videobridge.jar");
  }

  Path libraries() {
    return directory.resolve("lib");
  }
}
