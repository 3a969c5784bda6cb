package io.github.jvbwhip.benchmarks.performance;

import io.github.jvbwhip.benchmarks.process.Load;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.LoadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the load generator.
 *
 * @param subject the server's name
 * @param series what is varied
 * @param report what the generator has found
 */
record Trial(String subject, Series series, int value, int round, LoadReport report) {

  /** Runs the generator in a process of its own. */
  static Trial run(Subject subject, Series series, int value, int round, int seconds)
      throws IOException, InterruptedException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--whip",
                subject.whip(),
                "--whep",
                subject.whep(),
                "--duration",
                Integer.toString(seconds),
                "--pid",
                String.join(",", subject.pids().stream().map(String::valueOf).toList())));
    options.addAll(series.options(value));
    LoadReport report = Load.start(options.toArray(String[]::new)).end(seconds);
    return new Trial(subject.name(), series, value, round, report);
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
