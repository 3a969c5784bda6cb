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
  private final List<Trial> trials;

  /**
   * @param subjects the columns
   */
  Report(List<String> subjects, List<Trial> trials) {
    this.subjects = List.copyOf(subjects);
    this.trials = List.copyOf(trials);
  }

  /**
   * Writes the plots, and puts the tables into performance.md where its marks are.
   *
   * @param conditions a sentence
   */
  void write(Path docs, String conditions) throws IOException {
    Path plots = Files.createDirectories(docs.resolve("performance"));
    plot(plots, "cpu", "us of a processor for each packet sent", Trial::cpuMicrosPerPacket);
    plot(plots, "memory", "resident memory, MB", Trial::residentMegabytes);
    Path page = docs.resolve("performance.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        page, text.substring(0, begin) + conditions + tables() + text.substring(text.indexOf(END)));
  }

  private String tables() {
    StringBuilder text = new StringBuilder("\n");
    section(
        text,
        "Processor time for each packet, in microseconds",
        Series.PLAYERS,
        Trial::cpuMicrosPerPacket,
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
        "Processor time for each packet by streams in one room, 48 players",
        Series.STREAMS,
        Trial::cpuMicrosPerPacket,
        2);
    section(
        text,
        "Processor time for each packet by rooms, 48 players",
        Series.ROOMS,
        Trial::cpuMicrosPerPacket,
        2);
    return text.toString();
  }

  private void section(
      StringBuilder text, String title, Series series, ToDoubleFunction<Trial> of, int digits) {
    List<String> measured =
        subjects.stream().filter(s -> trials.stream().anyMatch(t -> is(t, s, series))).toList();
    text.append("\n### ").append(title).append("\n\n| |");
    measured.forEach(subject -> text.append(' ').append(subject).append(" |"));
    text.append("\n|---|").append("---|".repeat(measured.size())).append('\n');
    for (int value : values(series)) {
      text.append("| ").append(value).append(" |");
      for (String subject : measured) {
        text.append(' ').append(cell(rounds(subject, series, value, of), digits)).append(" |");
      }
      text.append('\n');
    }
  }

  /** The median of the rounds, and in brackets the lowest and the highest. */
  private static String cell(double[] sorted, int digits) {
    if (sorted.length == 0) {
      return "-";
    }
    String format = "%." + digits + "f";
    String median = String.format(Locale.ROOT, format, sorted[sorted.length / 2]);
    return sorted.length == 1
        ? median
        : String.format(
            Locale.ROOT,
            "%s (" + format + " to " + format + ")",
            median,
            sorted[0],
            sorted[sorted.length - 1]);
  }

  private static boolean is(Trial trial, String subject, Series series) {
    return trial.subject().equals(subject) && trial.series() == series;
  }

  private List<Integer> values(Series series) {
    return trials.stream()
        .filter(trial -> trial.series() == series)
        .map(Trial::value)
        .distinct()
        .sorted()
        .toList();
  }

  private double[] rounds(String subject, Series series, int value, ToDoubleFunction<Trial> of) {
    return trials.stream()
        .filter(trial -> is(trial, subject, series) && trial.value() == value)
        .mapToDouble(of)
        .sorted()
        .toArray();
  }

  private void plot(Path directory, String name, String title, ToDoubleFunction<Trial> of)
      throws IOException {
    SvgPlot plot = new SvgPlot(title, "players of one stream");
    for (String subject : subjects) {
      List<double[]> points = new ArrayList<>();
      for (int value : values(Series.PLAYERS)) {
        double[] rounds = rounds(subject, Series.PLAYERS, value, of);
        if (rounds.length > 0) {
          points.add(new double[] {value, rounds[rounds.length / 2]});
        }
      }
      plot.add(subject, points);
    }
    Files.writeString(directory.resolve(name + ".svg"), plot.svg());
  }
}
