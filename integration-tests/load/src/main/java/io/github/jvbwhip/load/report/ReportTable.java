package io.github.jvbwhip.load.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** How a report is shown to people and programs. Stateless. */
public final class ReportTable {
  private static final double BITS_PER_MEGABIT = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportTable() {}

  /** The table for a terminal. */
  public static String text(LoadReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        format("%n%-16s %9s %9s %9s %9s %9s%n", "ms", "median", "95 %", "99 %", "max", "of"));
    report
        .times()
        .forEach(
            (name, d) ->
                text.append(
                    format(
                        "%-16s %9.1f %9.1f %9.1f %9.1f %9d%n",
                        name, d.medianMs(), d.p95Ms(), d.p99Ms(), d.maxMs(), d.count())));
    counts(text, "publishers", report.publishers());
    counts(text, "players", report.players());
    LoadReport.Window window = report.window();
    text.append(
        format(
            "%nwith all players: %.1f s, %.0f packets/s, %.1f Mb/s (%s)%n",
            window.seconds(),
            window.packetsPerSecond(),
            window.bitsPerSecond() / BITS_PER_MEGABIT,
            report.srtpProfiles().isEmpty()
                ? "no SRTP"
                : String.join(", ", report.srtpProfiles())));
    LoadReport.Generator own = report.generator();
    text.append(
        format(
            "the generator itself: %.1f %% of a core, %.3f %% for each player; late by %.1f ms"
                + " (median), %.1f ms (95 %%); its sockets dropped %d%n",
            100 * own.coreShare(),
            100 * own.coreSharePerPlayer(),
            own.lateness().medianMs(),
            own.lateness().p95Ms(),
            own.droppedBySockets()));
    LoadReport.Server server = report.server();
    if (server != null) {
      text.append(
          format(
              "the server's processes: %.1f %% of a core, %.2f us for each packet, %.1f MB%n",
              100 * server.coreShare(),
              server.cpuMicrosPerPacket(),
              server.residentBytes() / BYTES_PER_MEGABYTE));
    }
    report
        .errors()
        .forEach(e -> text.append(format("%d times %s: %s%n", e.count(), e.kind(), e.text())));
    return text.toString();
  }

  private static void counts(StringBuilder text, String title, Map<String, Long> figures) {
    if (figures.isEmpty()) {
      return;
    }
    text.append(format("%n%s%n", title));
    figures.forEach((name, value) -> text.append(format("  %-22s %14d%n", name, value)));
  }

  /** Writes the report as JSON. */
  public static void writeJson(LoadReport report, Path file) throws IOException {
    JSON.writeValue(file.toFile(), report);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
