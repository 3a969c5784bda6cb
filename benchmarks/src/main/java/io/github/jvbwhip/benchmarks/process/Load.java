package io.github.jvbwhip.benchmarks.process;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.LoadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A load generator in a process of its own. */
public record Load(Process process, Path json, Path log) {
  /** What connecting and ending so many clients may take, with all tries. */
  private static final int LIMIT_SECONDS = 300;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Starts it with options of {@code ./load}; it publishes H.264. */
  public static Load start(String... options) throws IOException {
    Path json = Files.createTempFile("load", ".json");
    Path log = Files.createTempFile("load", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.jvbwhip.load.Main",
                "--codec",
                "H264",
                "--json",
                json.toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Load(process, json, log);
  }

  /** Waits until so many players are connected. */
  public void awaitConnected(int players) throws IOException, InterruptedException {
    while (!Files.readString(log).contains("connected " + players + ",")) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException("the load generator ended:\n" + Files.readString(log));
      }
    }
  }

  /** What players have said of this. */
  public static Distribution time(LoadReport report, String name) {
    return Objects.requireNonNull(report.times().get(name), "nobody was served");
  }

  /**
   * Waits for its end.
   *
   * @param seconds the duration that it was given
   */
  public LoadReport end(int seconds) throws IOException, InterruptedException {
    try {
      boolean ended = process.waitFor(seconds + LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (!ended || Files.size(json) == 0) {
        throw new IOException("the load generator failed:\n" + Files.readString(log));
      }
      return JSON.readValue(json.toFile(), LoadReport.class);
    } finally {
      Files.delete(json);
      Files.delete(log);
    }
  }
}
