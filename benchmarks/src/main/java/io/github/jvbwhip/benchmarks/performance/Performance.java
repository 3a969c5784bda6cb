package io.github.jvbwhip.benchmarks.performance;

import io.github.jvbwhip.benchmarks.jvb.ForwardingCost;
import io.github.jvbwhip.benchmarks.process.Build;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Measures the bridges and any servers beside them, and writes the figures into
 * docs/performance.md. The servers take turns; all of them run all the time.
 */
public final class Performance {
  private static final int WARM_UP_PLAYERS = 50;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final Options options;
  private final Trials trials = new Trials();
  private int turns;

  private Performance(Options options) {
    this.options = options;
  }

  public static void main(String[] args) throws Exception {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs the command line and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
    Options options = new Options();
    try {
      new CommandLine(options).parseArgs(args);
      if (options.help) {
        out.print(Options.helpText());
        return 0;
      }
      options.check();
    } catch (ParameterException | IllegalArgumentException e) {
      err.println(e.getMessage() + " (benchmarks/performance --help lists the options)");
      return WRONG_USAGE;
    }
    try {
      new Performance(options).run();
      return 0;
    } catch (IOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private void run() throws Exception {
    if (options.bridges.contains(Options.Bridge.jvb)) {
      Build.jvbHome(); // Fails at once, before the others are started.
    }
    List<Subject> subjects = new ArrayList<>();
    try {
      for (Options.Bridge bridge : options.bridges) {
        subjects.add(bridge == Options.Bridge.jvb ? Subject.jvb() : Subject.embedded());
      }
      options.peers.entrySet().forEach(peer -> subjects.add(Subject.peer(peer)));
      for (Subject subject : subjects) {
        Trial.run(subject, Series.PLAYERS, WARM_UP_PLAYERS, 0, options.warmUp);
      }
      for (int round = 0; round < options.rounds; round++) {
        round(subjects, round);
      }
    } finally {
      for (Subject subject : subjects) {
        subject.close();
      }
    }
    Double toPlain = options.bridges.contains(Options.Bridge.jvb) ? ForwardingCost.ratio() : null;
    new Report(subjects.stream().map(Subject::name).toList(), trials)
        .write(
            Build.root().resolve("docs"), conditions(), Targets.table(subjects, trials, toPlain));
  }

  private void round(List<Subject> subjects, int round) throws Exception {
    for (int value : options.players) {
      all(subjects, Series.PLAYERS, value, round);
    }
    List<Subject> own = subjects.stream().filter(Subject::own).toList();
    for (int value : List.of(1, 4, 16)) {
      all(own, Series.STREAMS, value, round);
      all(own, Series.ROOMS, value, round);
    }
    all(subjects, Series.ANSWERS_PLI, 0, round);
    all(subjects, Series.ANSWERS_PLI, 1, round);
  }

  /** One after the other, each time beginning with another one. */
  private void all(List<Subject> subjects, Series series, int value, int round)
      throws IOException, InterruptedException {
    List<Subject> order = new ArrayList<>(subjects);
    Collections.rotate(order, turns++);
    for (Subject subject : order) {
      Trial trial = Trial.run(subject, series, value, round, options.seconds);
      trials.add(trial);
      System.out.printf(
          "round %d, %s %d, %s: %.2f us for each packet, %.0f MB, %s%n",
          round + 1,
          series,
          value,
          subject.name(),
          trial.cpuSecondsPerMillion(),
          trial.residentMegabytes(),
          trial.report().isGood() ? "all served" : "not all served");
    }
  }

  private String conditions() {
    return "Measured on %s with Java %s on %d processors, %d rounds of %d seconds for each figure."
        .formatted(
            LocalDate.now(),
            Runtime.version().feature(),
            Runtime.getRuntime().availableProcessors(),
            options.rounds,
            options.seconds);
  }
}
