package io.github.jvbwhip.integration.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tests' scripts next to the npm packages that they use. Thread-safe. */
final class NpmPackages {
  /** Where scripts and packages are, once {@link #missing} has said that nothing is missing. */
  static final Path FOLDER = Commands.WORK.resolve("js");

  private static @Nullable Optional<String> checked;

  private NpmPackages() {}

  /** Installs the packages the first time; why that does not work, or empty. */
  static synchronized Optional<String> missing() {
    if (checked == null) {
      checked = install();
    }
    return checked;
  }

  private static Optional<String> install() {
    if (Commands.find("node").isEmpty() || Commands.find("npm").isEmpty()) {
      return Optional.of("node and npm are not in the path");
    }
    try {
      Files.createDirectories(FOLDER);
      for (Path source : scripts()) {
        Path target = FOLDER.resolve(source.getFileName());
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Commands.run(
        FOLDER, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Commands.SCRIPTS.resolve("js"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
