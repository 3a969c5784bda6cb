package io.github.jvbwhip.benchmarks.performance;

import io.github.jvbwhip.benchmarks.jvb.ForwardingCost;
import io.github.jvbwhip.benchmarks.process.Build;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the bridges and any servers beside them, and writes the figures into
 * docs/performance.md. The servers take turns; all of them run all the time.
 */
@Command(
    name = "benchmarks/performance",
    sortOptions = false,
    description = "Writes the figures of docs/performance.md.")
public final class Performance {
  private static final int WARM_UP_PLAYERS = 50;

  @Option(
      names = "--peer",
      paramLabel = "NAME=WHIP,WHEP,PID",
      description = "A server that runs on this machine, to be measured beside; repeatable.")
  Map<String, String> peers = new LinkedHashMap<>();

  @Option(
      names = "--bridges",
      split = ",",
      defaultValue = "embedded,jvb",
      description = "Which of this project's bridges: embedded,jvb.")
  List<String> bridges = List.of();

  @Option(
      names = "--players",
      split = ",",
      defaultValue = "1,10,50,100,200,400",
      description = "Numbers of players, ascending.")
  List<Integer> players = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long each run goes on once all are connected.")
  int seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "How often all of it is done.")
  int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = "Seconds with 50 players before anything counts.")
  int warmUp;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  boolean help;

  private final Trials trials = new Trials();
  private int turns;

  public static void main(String[] args) throws Exception {
    Performance performance = new Performance();
    CommandLine command = new CommandLine(performance);
    command.parseArgs(args);
    if (performance.help) {
      command.usage(System.out);
      return;
    }
    performance.run();
  }

  private void run() throws Exception {
    List<Subject> subjects = new ArrayList<>();
    try {
      for (String bridge : bridges) {
        subjects.add(bridge.equals("jvb") ? Subject.jvb() : Subject.embedded());
      }
      peers.entrySet().forEach(peer -> subjects.add(Subject.peer(peer)));
      for (Subject subject : subjects) {
        Trial.run(subject, Series.PLAYERS, WARM_UP_PLAYERS, 0, warmUp);
      }
      for (int round = 0; round < rounds; round++) {
        round(subjects, round);
      }
    } finally {
      for (Subject subject : subjects) {
        subject.close();
      }
    }
    Double toPlain = bridges.contains("jvb") ? ForwardingCost.ratio() : null;
    new Report(subjects.stream().map(Subject::name).toList(), trials)
        .write(
            Build.root().resolve("docs"), conditions(), Targets.table(subjects, trials, toPlain));
  }

  private void round(List<Subject> subjects, int round) throws Exception {
    for (int value : players) {
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
      Trial trial = Trial.run(subject, series, value, round, seconds);
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
            rounds,
            seconds);
  }
}
