package io.github.jvbwhip.integration.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where lib-jitsi-meet is: below {@code -Djitsi.home}, {@code JITSI_HOME}, Debian's place. */
public final class LibJitsiMeet {
  private static final String DEBIAN = "/usr/share/jitsi-meet";

  /** What to say where there is none. */
  public static final String MISSING =
      "no libs/lib-jitsi-meet.min.js found (-Djitsi.home, JITSI_HOME, " + DEBIAN + ")";

  private LibJitsiMeet() {}

  /** Whether it is there. */
  public static boolean isInstalled() {
    return find().isPresent();
  }

  static Optional<Path> find() {
    return Stream.of(System.getProperty("jitsi.home"), System.getenv("JITSI_HOME"), DEBIAN)
        .filter(home -> home != null && !home.isBlank())
        .map(home -> Path.of(home, "libs", "lib-jitsi-meet.min.js"))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
