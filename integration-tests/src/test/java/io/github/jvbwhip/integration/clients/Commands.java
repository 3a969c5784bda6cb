package io.github.jvbwhip.integration.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds programs and runs short ones. */
final class Commands {
  /** Where the tests of this process leave logs and what they generate. */
  static final Path WORK =
      Path.of(System.getProperty("clients.directory", "target/clients")).toAbsolutePath();

  /** Where the tests' scripts are. */
  static final Path SCRIPTS = Path.of("src", "test").toAbsolutePath();

  private static final long TIMEOUT_SECONDS = 120;

  private Commands() {}

  /** The first of these programs that is in the path. */
  static Optional<Path> find(String... names) {
    List<Path> path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(Path::of)
            .toList();
    return Arrays.stream(names)
        .flatMap(name -> path.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a command to its end; the last lines of its output when it fails, else empty. */
  static Optional<String> run(Path folder, String... command) {
    try {
      Files.createDirectories(WORK);
      Path log = Files.createTempFile(WORK, "command-", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of(command[0] + " did not end in " + TIMEOUT_SECONDS + " s");
      }
      if (process.exitValue() == 0) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(log);
      String end = String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
      return Optional.of(command[0] + " ended with " + process.exitValue() + ": " + end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
