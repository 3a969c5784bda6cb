package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Round after round, on one bridge. */
final class Soak {
  /** Who has vanished is missed after half a minute; some tasks remember them for another one. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  private static final int LISTED = 10;

  private final Options options;
  private final PrintStream out;
  private int rounds;
  private int complained;

  Soak(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param work where the server's log is put
   * @return whether all was well
   */
  boolean run(Path work) throws IOException, InterruptedException {
    out.printf(
        "%s, %d minutes, seed %d, rounds of %d s with %d guests%n",
        options.bridge, options.minutes, options.seed, options.roundSeconds, options.guests);
    Server.Ports ports = Server.Ports.free();
    Files.deleteIfExists(work.resolve(options.bridge + ".log"));
    long start = System.nanoTime();
    long life = TimeUnit.MINUTES.toNanos(options.minutes) / (options.restarts + 1);
    try (Network network = Network.open(options.seed)) {
      for (int lives = 1; lives <= options.restarts + 1; lives++) {
        try (Server server = Server.start(options.bridge, ports, work)) {
          live(server, network, start + lives * life);
        }
      }
    }
    out.printf("%d rounds, %d complaints, seed %d%n", rounds, complained, options.seed);
    return complained == 0;
  }

  /** From a start of the bridge to its end, which comes while the regulars are there. */
  private void live(Server server, Network network, long end)
      throws IOException, InterruptedException {
    try (ServerJvm jvm = ServerJvm.attach(server.pid());
        Regulars regulars = Regulars.come(server.uri())) {
      // What is made for the first guests, threads of pools and so on, is kept for the others.
      Census before = round(server, network, jvm, regulars, Optional.empty());
      while (System.nanoTime() - end < 0 && server.isAlive()) {
        round(server, network, jvm, regulars, Optional.of(before));
      }
      if (!server.isAlive()) {
        complain(List.of("the bridge has ended by itself"));
      } else if (!server.stop()) {
        complain(List.of("the bridge did not end"));
      }
    }
    complain(server.faults());
  }

  private void complain(List<String> complaints) {
    complained += complaints.size();
    complaints.stream().limit(LISTED).forEach(complaint -> out.println("  FAILED " + complaint));
    if (complaints.size() > LISTED) {
      out.printf("  FAILED %d more%n", complaints.size() - LISTED);
    }
  }

  /** Plays the next round; returns what there was afterwards. */
  private Census round(
      Server server, Network network, ServerJvm jvm, Regulars regulars, Optional<Census> before)
      throws IOException, InterruptedException {
    Duration length = Duration.ofSeconds(options.roundSeconds);
    List<Guest> guests = Plan.guests(options.seed, rounds, length, options.guests);
    regulars.beginRound();
    List<String> complaints = new ArrayList<>(new Round(server.uri(), network).play(guests));
    long start = System.nanoTime();
    Census after = jvm.census();
    while (!left(after, before).isEmpty() && elapsed(start).compareTo(PATIENCE) < 0) {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      after = jvm.census();
    }
    List<String> left = left(after, before);
    complaints.addAll(left);
    complaints.addAll(regulars.complaints(Duration.ofSeconds(options.longestGapSeconds)));
    out.printf(
        "round %d: gone after %d s; longest gap %.1f s; %s%n",
        rounds, elapsed(start).toSeconds(), regulars.longestGap().toMillis() / 1e3, after);
    rounds++;
    if (!complaints.isEmpty()) {
      complain(complaints);
      guests.forEach(guest -> out.println("  guest " + guest));
    }
    if (!left.isEmpty()) {
      before.map(after::differences).orElse(List.of()).forEach(line -> out.println("  " + line));
      dumpOnce(jvm);
    }
    return after;
  }

  private static List<String> left(Census now, Optional<Census> before) {
    List<String> left = new ArrayList<>(now.left());
    before.map(now::grownSince).ifPresent(left::addAll);
    return left;
  }

  private void dumpOnce(ServerJvm jvm) throws IOException {
    if (options.heapDump != null) {
      jvm.dumpHeap(options.heapDump);
      out.println("  The heap is in " + options.heapDump);
      options.heapDump = null;
    }
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
