package io.github.jvbwhip.benchmarks.performance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.LoadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the load generator.
 *
 * @param subject the server's name
 * @param series what is varied
 * @param report what the generator has found
 */
record Trial(String subject, Series series, int value, int round, LoadReport report) {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What connecting and ending so many clients may take, with all tries. */
  private static final int LIMIT_SECONDS = 300;

  /** Runs the generator in a process of its own. */
  static Trial run(Subject subject, Series series, int value, int round, int seconds)
      throws IOException, InterruptedException {
    Path json = Files.createTempFile("performance", ".json");
    Path log = Files.createTempFile("performance", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.jvbwhip.load.Main",
                "--whip",
                subject.whip(),
                "--whep",
                subject.whep(),
                "--codec",
                "H264",
                "--duration",
                Integer.toString(seconds),
                "--pid",
                String.join(",", subject.pids().stream().map(String::valueOf).toList()),
                "--json",
                json.toString()));
    command.addAll(series.options(value));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(seconds + LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (!ended || Files.size(json) == 0) {
        throw new IOException("the load generator failed:\n" + Files.readString(log));
      }
      return new Trial(
          subject.name(), series, value, round, JSON.readValue(json.toFile(), LoadReport.class));
    } finally {
      Files.delete(json);
      Files.delete(log);
    }
  }

  /** Processor time for each million packets, in seconds. */
  double cpuSecondsPerMillion() {
    return server().cpuMicrosPerPacket();
  }

  double residentMegabytes() {
    return server().residentBytes() / 1e6;
  }

  double playersPerCore() {
    return report.players().getOrDefault("connected", 0L) / server().coreShare();
  }

  double median(String time) {
    Distribution found = report.times().get(time);
    return found == null ? Double.NaN : found.medianMs();
  }

  private LoadReport.Server server() {
    LoadReport.Server server = report.server();
    if (server == null) {
      throw new IllegalStateException("the generator was told the processes");
    }
    return server;
  }
}
