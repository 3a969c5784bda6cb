package io.github.jvbwhip.packaging;

import java.nio.file.Path;

/** Where the build has put what is released. */
final class Release {
  static final String VERSION = System.getProperty("project.version");

  /** What the archive has in it, unpacked. */
  static final Path DIRECTORY = Path.of(System.getProperty("release.directory"));

  static final Path ARCHIVE = target(DIRECTORY.getFileName() + ".tar.gz");
  static final Path STANDALONE_DEB = deb("jvb-whip-standalone");
  static final Path PLUGIN_DEB = deb("jvb-whip-whep");
  static final String PLUGIN_JAR = "jvb-whip-whep-" + VERSION + ".jar";

  private Release() {}

  private static Path deb(String name) {
    return target(name + "_" + VERSION.replace('-', '~') + "_all.deb");
  }

  private static Path target(String name) {
    return Path.of("target", name).toAbsolutePath();
  }
}
