package io.github.jvbwhip.benchmarks.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table of what this project wants to reach, and whether it does. Not thread-safe. */
final class Targets {
  private static final int PLAYERS = 50;

  private final Trials trials;
  private final List<String> lines = new ArrayList<>();

  private Targets(Trials trials) {
    this.trials = trials;
    lines.add("### Targets");
    lines.add("");
    lines.add("| | target | measured | |");
    lines.add("|---|---|---|---|");
  }

  /**
   * The table's lines.
   *
   * @param toPlain what a packet costs a Jitsi Videobridge with the plugin, to what it costs
   *     without; null where that was not measured
   */
  static List<String> table(List<Subject> subjects, Trials trials, @Nullable Double toPlain) {
    Targets table = new Targets(trials);
    if (toPlain != null) {
      table.row(Subject.JVB + ", to the same endpoints without it, for each packet", 1.03, toPlain);
    }
    for (Subject peer : subjects) {
      if (peer.name().startsWith("Janus")) {
        table.ratio(peer.name(), 0.25);
      } else if (peer.name().startsWith("SRS")) {
        table.ratio(peer.name(), 0.6);
      }
    }
    table.embedded();
    for (Subject own : subjects.stream().filter(Subject::own).toList()) {
      table.firstPicture(own.name());
    }
    return table.lines;
  }

  private void ratio(String peer, double limit) {
    row(
        Subject.EMBEDDED + ", to " + peer + ", for each packet, " + PLAYERS + " players",
        limit,
        trials.ratio(Subject.EMBEDDED, peer, Series.PLAYERS, PLAYERS, Trial::cpuSecondsPerMillion));
  }

  private void embedded() {
    row(
        Subject.EMBEDDED + ", resident memory with " + PLAYERS + " players, MB (first round)",
        250,
        trials.first(Subject.EMBEDDED, Series.PLAYERS, PLAYERS, Trial::residentMegabytes));
    row(
        Subject.EMBEDDED + ", end-to-end delay with " + PLAYERS + " players, ms",
        2,
        trials.median(Subject.EMBEDDED, Series.PLAYERS, PLAYERS, trial -> trial.median("delay")));
  }

  private void firstPicture(String subject) {
    row(subject + ", first picture, publisher answers PLI, ms", 150, firstPicture(subject, 1));
    row(subject + ", first picture, publisher ignores PLI, ms", 250, firstPicture(subject, 0));
  }

  private double firstPicture(String subject, int answersPli) {
    return trials.median(
        subject, Series.ANSWERS_PLI, answersPli, trial -> trial.median("firstKeyframe"));
  }

  private void row(String what, double limit, double measured) {
    if (!Double.isNaN(measured)) {
      String format = limit < 10 ? "%.2f" : "%.0f";
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | at most " + format + " | " + format + " | %s |",
              what,
              limit,
              measured,
              measured <= limit ? "met" : "**not met**"));
    }
  }
}
