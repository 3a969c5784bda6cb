package io.github.jvbwhip.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Round after round, on one bridge. */
final class Soak {
  /** A Jitsi Videobridge misses a player that vanished after a minute, and looks once a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  private final Options options;
  private final PrintStream out;
  private int rounds;
  private int failed;

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
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(options.minutes);
    try (Server server = Server.start(options.bridge, work);
        ServerJvm jvm = ServerJvm.attach(server.pid());
        Regulars regulars = Regulars.come(server.uri())) {
      // What is made for the first guests, threads of pools and so on, is kept for the others.
      Census before = round(server, jvm, regulars, Optional.empty());
      while (System.nanoTime() < end && server.isAlive()) {
        round(server, jvm, regulars, Optional.of(before));
      }
      report(server);
    }
    return failed == 0;
  }

  /** Plays the next round; returns what there was afterwards. */
  private Census round(Server server, ServerJvm jvm, Regulars regulars, Optional<Census> before)
      throws IOException, InterruptedException {
    Duration length = Duration.ofSeconds(options.roundSeconds);
    List<Guest> guests = Plan.guests(options.seed, rounds, length, options.guests);
    regulars.beginRound();
    List<String> complaints = new ArrayList<>(new Round(server.uri()).play(guests));
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
      failed++;
      complaints.forEach(complaint -> out.println("  FAILED " + complaint));
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

  private void report(Server server) throws IOException {
    if (!server.isAlive()) {
      failed++;
      out.println("FAILED the server has ended");
    }
    server.faults().forEach(line -> out.println("logged: " + line));
    out.printf("%d rounds, %d failed, seed %d%n", rounds, failed, options.seed);
  }
}
