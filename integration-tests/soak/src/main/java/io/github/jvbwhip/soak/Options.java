package io.github.jvbwhip.soak;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line. */
@Command(
    name = "./soak",
    sortOptions = false,
    description =
        "Starts a bridge in a process of its own, and has clients come and go: publishers and "
            + "players who leave by DELETE, without it, or without a word, who lose packets, "
            + "restart ICE, are seen at another port, never connect, or send nonsense. Some stay "
            + "all the time, and have to get media all the time. After each round nothing may be "
            + "left of those who have gone: no sessions, endpoints, ICE agents, threads, "
            + "descriptors, direct buffers or heap.%n",
    footer =
        "%nExit status: 0 when nothing was left and everybody got media, 1 otherwise, 2 for wrong"
            + " usage.")
final class Options {
  /** Which bridge. */
  enum Bridge {
    embedded,
    jvb
  }

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "How long; a round that has begun is ended, and with 0 it is one (default:"
              + " ${DEFAULT-VALUE}).")
  int minutes = 5;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Who comes, and when, follows from it (default: today's date).")
  long seed = Long.parseLong(LocalDate.now(ZoneOffset.UTC).toString().replace("-", ""));

  @Option(
      names = "--bridge",
      paramLabel = "embedded|jvb",
      description =
          "Which one runs; jvb: the Jitsi Videobridge that ./run would take (default:"
              + " ${DEFAULT-VALUE}).")
  Bridge bridge = Bridge.embedded;

  @Option(
      names = "--round",
      paramLabel = "SECONDS",
      description = "How long a round is (default: ${DEFAULT-VALUE}).")
  int roundSeconds = 30;

  @Option(
      names = "--guests",
      paramLabel = "N",
      description = "How many come in each round (default: ${DEFAULT-VALUE}).")
  int guests = 12;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = "How often the bridge is restarted meanwhile (default: ${DEFAULT-VALUE}).")
  int restarts = 1;

  @Option(
      names = "--longest-gap",
      paramLabel = "SECONDS",
      description =
          "How long those who stay may be without audio or video (default: ${DEFAULT-VALUE}).")
  int longestGapSeconds = 5;

  @Option(
      names = "--heap-dump",
      paramLabel = "FILE",
      description = "Where the bridge's heap is dumped to when something was left the first time.")
  @Nullable Path heapDump;

  @Option(
      names = {"-h", "--help"},
      description = "Shows this text.")
  boolean help;

  /** What is too small of it, for a person; empty when nothing is. */
  Optional<String> tooSmall() {
    return Stream.of(
            below("--minutes", minutes, 0),
            below("--round", roundSeconds, 1),
            below("--guests", guests, 0),
            below("--restarts", restarts, 0),
            below("--longest-gap", longestGapSeconds, 1))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> below(String option, int value, int least) {
    return value < least
        ? Optional.of("%s is at least %d.".formatted(option, least))
        : Optional.empty();
  }
}
