package io.github.jvbwhip.benchmarks.signalling;

import io.github.jvbwhip.benchmarks.process.Logs;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.benchmarks.signalling.Sessions.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/**
 * Sets sessions up and tears them down over HTTP, without media, on a server in a process of its
 * own: first one at a time, then at a steady rate, whether the ones before are done or not. Beside
 * it, in a third process, the same is asked of a servlet that does nothing.
 *
 * <p>Arguments: the bridge ({@code embedded} or {@code jvb}), seconds at the steady rate (60),
 * sessions per second (200).
 */
public final class SessionSetUp {
  private static final int WARM_UP = 400;
  private static final int ALONE = 300;

  private SessionSetUp() {}

  /** What a server used at a steady rate. */
  private record Load(List<Times> sessions, int failed, double seconds, double processorSeconds) {
    double processorMicros() {
      return processorSeconds * 1e6 / sessions.size();
    }
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws Exception {
    Logs.quiet();
    String bridge = args.length > 0 ? args[0] : "embedded";
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : 200;
    try (Server server = Server.of(bridge, "");
        Server empty = Server.empty()) {
      alone(server, empty);
      steady(server, empty, seconds, rate);
    }
    System.exit(0);
  }

  private static void alone(Server server, Server empty) throws IOException {
    Sessions real = sessions(server);
    Sessions nothing = sessions(empty);
    for (int i = 0; i < WARM_UP; i++) {
      nothing.upAndDown("warm-" + i).join();
      real.upAndDown("warm-" + i).join();
    }
    List<Times> ofReal = new ArrayList<>();
    List<Times> ofNothing = new ArrayList<>();
    for (int i = 0; i < ALONE; i++) {
      ofNothing.add(nothing.upAndDown("alone-" + i).join());
      ofReal.add(real.upAndDown("alone-" + i).join());
    }
    double post = millis(ofReal, Times::post, 0.5);
    double none = millis(ofNothing, Times::post, 0.5);
    print(
        "one at a time: POST to 201 %.2f ms, DELETE %.2f ms; of an empty servlet: POST %.2f ms (ratio"
            + " %.1f)",
        post, millis(ofReal, Times::delete, 0.5), none, post / none);
  }

  private static void steady(Server server, Server empty, int seconds, int rate)
      throws IOException, InterruptedException {
    Load before = load(empty, Math.max(5, seconds / 6), rate);
    Load load = load(server, seconds, rate);
    Load after = load(empty, Math.max(5, seconds / 6), rate);
    double nothing = (before.processorMicros() + after.processorMicros()) / 2;
    print(
        "%d per second for %d s: %d sessions set up and torn down in %.1f s, %d failed",
        rate, seconds, load.sessions.size(), load.seconds, load.failed);
    print(
        "POST to 201: median %.1f ms, 99 %% within %.1f ms, all within %.1f ms",
        millis(load.sessions, Times::post, 0.5),
        millis(load.sessions, Times::post, 0.99),
        millis(load.sessions, Times::post, 1));
    print(
        "processor time of the server: %.0f us per session, %.0f %% of one core; of an empty servlet:"
            + " %.0f us for two requests (ratio %.1f)",
        load.processorMicros(),
        100 * load.processorSeconds / load.seconds,
        nothing,
        load.processorMicros() / nothing);
  }

  private static Load load(Server server, int seconds, int rate)
      throws IOException, InterruptedException {
    Sessions sessions = sessions(server);
    Queue<Times> done = new ConcurrentLinkedQueue<>();
    AtomicInteger failed = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    long processor = server.jvm().processorNanos();
    long start = System.nanoTime();
    for (int i = 0; i < rate * seconds; i++) {
      TimeUnit.NANOSECONDS.sleep(start + i * 1_000_000_000L / rate - System.nanoTime());
      all.add(
          sessions
              .upAndDown("steady-" + i)
              .handle(
                  (times, failure) -> {
                    if (failure == null) {
                      done.add(times);
                    } else if (failed.getAndIncrement() == 0) {
                      System.err.println(failure);
                    }
                    return null;
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    double elapsed = (System.nanoTime() - start) / 1e9;
    double used = (server.jvm().processorNanos() - processor) / 1e9;
    return new Load(List.copyOf(done), failed.get(), elapsed, used);
  }

  private static Sessions sessions(Server server) throws IOException {
    return new Sessions(server.url("whip/"));
  }

  private static double millis(List<Times> times, ToLongFunction<Times> part, double share) {
    long[] sorted = times.stream().mapToLong(part).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
