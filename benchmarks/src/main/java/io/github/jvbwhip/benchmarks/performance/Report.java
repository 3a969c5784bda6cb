package io.github.jvbwhip.benchmarks.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Tables and plots of what was measured: medians over the rounds, with their spread. */
final class Report {
  private static final String BEGIN = "<!-- figures: begin -->\n";
  private static final String END = "<!-- figures: end -->\n";

  private final List<String> subjects;
  private final Trials trials;

  /**
   * @param subjects the columns
   */
  Report(List<String> subjects, Trials trials) {
    this.subjects = List.copyOf(subjects);
    this.trials = trials;
  }

  /**
   * Writes the plots, and puts the tables into performance.md where its marks are.
   *
   * @param conditions a sentence
   * @param targets lines of a table
   */
  void write(Path docs, String conditions, List<String> targets) throws IOException {
    Path plots = Files.createDirectories(docs.resolve("performance"));
    plot(
        plots,
        "cpu",
        "seconds of a processor for each million packets",
        Trial::cpuSecondsPerMillion);
    plot(plots, "memory", "resident memory, MB", Trial::residentMegabytes);
    Path page = docs.resolve("performance.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        page,
        text.substring(0, begin)
            + conditions
            + "\n\n"
            + String.join("\n", targets)
            + "\n"
            + tables()
            + text.substring(text.indexOf(END)));
  }

  private String tables() {
    StringBuilder text = new StringBuilder("\n");
    section(
        text,
        "Processor time, in seconds for each million packets",
        Series.PLAYERS,
        Trial::cpuSecondsPerMillion,
        2);
    text.append("\n![Processor time](performance/cpu.svg)\n");
    section(text, "Players per core", Series.PLAYERS, Trial::playersPerCore, 0);
    section(text, "Resident memory, in MB", Series.PLAYERS, Trial::residentMegabytes, 0);
    text.append("\n![Memory](performance/memory.svg)\n");
    section(
        text, "From POST to 201, in ms (median)", Series.PLAYERS, trial -> trial.median("post"), 1);
    section(
        text,
        "From POST to connected, in ms (median)",
        Series.PLAYERS,
        trial -> trial.median("connected"),
        0);
    section(
        text,
        "End-to-end delay, in ms (median)",
        Series.PLAYERS,
        trial -> trial.median("delay"),
        2);
    section(
        text,
        "From POST to the first complete keyframe, in ms (median); 0: the publisher ignores PLI, 1: it answers",
        Series.ANSWERS_PLI,
        trial -> trial.median("firstKeyframe"),
        0);
    section(
        text,
        "The same by streams in one room, 48 players in all",
        Series.STREAMS,
        Trial::cpuSecondsPerMillion,
        2);
    section(
        text,
        "The same by rooms of a stream each, 48 players in all",
        Series.ROOMS,
        Trial::cpuSecondsPerMillion,
        2);
    return text.toString();
  }

  private void section(
      StringBuilder text, String title, Series series, ToDoubleFunction<Trial> of, int digits) {
    List<String> measured =
        subjects.stream().filter(subject -> trials.has(subject, series)).toList();
    text.append("\n### ").append(title).append("\n\n| |");
    measured.forEach(subject -> text.append(' ').append(subject).append(" |"));
    text.append("\n|---|").append("---|".repeat(measured.size())).append('\n');
    for (int value : trials.values(series)) {
      text.append("| ").append(value).append(" |");
      for (String subject : measured) {
        text.append(' ')
            .append(
                cell(
                    trials.rounds(subject, series, value, of),
                    trials.tried(subject, series, value),
                    digits))
            .append(" |");
      }
      text.append('\n');
    }
  }

  /** The median of the rounds that count, in brackets the lowest, the highest, and how many. */
  private static String cell(double[] sorted, long tried, int digits) {
    if (sorted.length == 0) {
      return "-";
    }
    String format = "%." + digits + "f";
    String median = String.format(Locale.ROOT, format, sorted[sorted.length / 2]);
    if (tried == 1) {
      return median;
    }
    String spread =
        String.format(Locale.ROOT, format + " to " + format, sorted[0], sorted[sorted.length - 1]);
    String some = sorted.length == tried ? "" : "; " + sorted.length + " of " + tried;
    return median + " (" + spread + some + ")";
  }

  private void plot(Path directory, String name, String title, ToDoubleFunction<Trial> of)
      throws IOException {
    SvgPlot plot = new SvgPlot(title, "players of one stream");
    for (String subject : subjects) {
      List<double[]> points = new ArrayList<>();
      for (int value : trials.values(Series.PLAYERS)) {
        double[] rounds = trials.rounds(subject, Series.PLAYERS, value, of);
        if (rounds.length > 0) {
          points.add(new double[] {value, rounds[rounds.length / 2]});
        }
      }
      plot.add(subject, points);
    }
    Files.writeString(directory.resolve(name + ".svg"), plot.svg());
  }
}
