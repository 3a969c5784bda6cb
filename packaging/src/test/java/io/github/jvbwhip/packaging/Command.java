package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
final class Command {
  private static final long TIMEOUT_SECONDS = 300;

  /**
   * What came of one.
   *
   * @param text of both outputs
   */
  record Outcome(int status, String text) {}

  private Command() {}

  /** Skips the test with the reason on a machine without the program, which CI has to have. */
  static void require(String program) {
    boolean found =
        Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("CI has to have " + program).isTrue();
    }
    assumeTrue(found, program + " is not installed");
  }

  /** Runs it; variables of the environment that are empty are taken out of it. */
  static Outcome run(Map<String, String> environment, Object... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    set(builder, environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as(text).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Outcome(process.exitValue(), text);
  }

  static void set(ProcessBuilder builder, Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
  }

  /** Runs what has to end well; returns what it has written. */
  static String succeed(Object... command) throws IOException {
    Outcome outcome = run(Map.of(), command);
    assertThat(outcome.status).as("%s: %s", Arrays.asList(command), outcome.text).isZero();
    return outcome.text;
  }
}
