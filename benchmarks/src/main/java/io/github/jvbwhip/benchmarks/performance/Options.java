package io.github.jvbwhip.benchmarks.performance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line; help.txt, which the script prints too, says what the options mean. */
@Command(name = "benchmarks/performance")
final class Options {
  /** One of this project's bridges. */
  enum Bridge {
    embedded,
    jvb
  }

  @Option(names = "--peer")
  Map<String, String> peers = new LinkedHashMap<>();

  @Option(names = "--bridges", split = ",", defaultValue = "embedded,jvb")
  List<Bridge> bridges = List.of();

  @Option(names = "--players", split = ",", defaultValue = "1,10,50,100,200,400")
  List<Integer> players = List.of();

  @Option(names = "--seconds", defaultValue = "20")
  int seconds;

  @Option(names = "--rounds", defaultValue = "3")
  int rounds;

  @Option(names = "--warm-up", defaultValue = "30")
  int warmUp;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true)
  boolean help;

  /**
   * Finds what cannot be run before anything is started.
   *
   * @throws IllegalArgumentException with a line for a person
   */
  void check() {
    players.forEach(number -> atLeastOne("--players", number));
    atLeastOne("--seconds", seconds);
    atLeastOne("--rounds", rounds);
    // The load generator runs for a second at least.
    atLeastOne("--warm-up", warmUp);
    peers.entrySet().forEach(Subject::peer);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is at least 1.");
    }
  }

  /** Of the options, as the script prints it. */
  static String helpText() throws IOException {
    try (InputStream in = Options.class.getResourceAsStream("help.txt")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks help.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
