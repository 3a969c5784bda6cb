package io.github.jvbwhip.benchmarks.disturbance;

import io.github.jvbwhip.benchmarks.process.Load;
import io.github.jvbwhip.benchmarks.process.Server;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.LoadReport;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What 20 players who watch notice: of nobody, of 100 others who join each second, and of an
 * address that floods the server with POSTs.
 */
public final class Disturbance {
  private static final int WATCHING = 20;
  private static final int JOINS_PER_SECOND = 100;
  private static final int SECONDS = 10;

  /** All who join have one address here, and there are more of them than one server takes. */
  private static final String FOR_A_CROWD =
      """
      videobridge.whep.max-connecting-per-address = 0
      standalone.max-sessions = 3000
      """;

  private static final String USUAL =
      """
      videobridge.whip.rate-limit.requests-per-second = 100
      videobridge.whep.rate-limit.requests-per-second = 100
      """;

  private final String bridge;

  private Disturbance(String bridge) {
    this.bridge = bridge;
  }

  /** What happens while they watch. */
  private interface Disturber {
    String run(Server server) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    new Disturbance(args.length > 0 ? args[0] : "embedded").run();
  }

  private void run() throws Exception {
    try (Server server = Server.of(bridge, FOR_A_CROWD)) {
      watch(server, "warming up", Disturbance::nothing);
      watch(server, "nothing", Disturbance::nothing);
      watch(server, "joins", Disturbance::joins);
      watch(server, "nothing", Disturbance::nothing);
    }
    try (Server server = Server.of(bridge, USUAL)) {
      watch(server, "warming up", Disturbance::nothing);
      watch(server, "nothing", Disturbance::nothing);
      watch(server, "flood", Disturbance::flood);
      watch(server, "nothing", Disturbance::nothing);
    }
  }

  private static String nothing(Server server) throws InterruptedException {
    TimeUnit.SECONDS.sleep(SECONDS);
    return "";
  }

  /**
   * They watch a stream that nobody publishes yet: so many of its packets no machine here sends.
   */
  private static String joins(Server server) throws IOException, InterruptedException {
    LoadReport joins =
        Load.start(
                "--whep",
                server.url("whep/") + "waiting/main",
                "--players",
                String.valueOf(JOINS_PER_SECOND * SECONDS),
                "--rate",
                String.valueOf(JOINS_PER_SECOND),
                "--max-connecting",
                "1000",
                "--duration",
                "1")
            .end(1);
    Distribution connected = Load.time(joins, "connected");
    return String.format(
        Locale.ROOT,
        "%d of %d connected, median %.0f ms, 95 %% within %.0f ms",
        connected.count(),
        JOINS_PER_SECOND * SECONDS,
        connected.medianMs(),
        connected.p95Ms());
  }

  private static String flood(Server server) throws InterruptedException {
    try (Flood flood = new Flood(server.url("whep/flooded/main"))) {
      TimeUnit.SECONDS.sleep(SECONDS);
      return flood.end();
    }
  }

  private static void watch(Server server, String name, Disturber disturber) throws Exception {
    Load watching =
        Load.start(
            "--whip",
            server.url("whip/") + "watched/main",
            "--whep",
            server.url("whep/") + "watched/main",
            "--players",
            String.valueOf(WATCHING),
            "--duration",
            String.valueOf(SECONDS + 5));
    watching.awaitConnected(WATCHING);
    String what = disturber.run(server);
    LoadReport report = watching.end(SECONDS + 5);
    Distribution delay = Load.time(report, "delay");
    System.out.printf(
        Locale.ROOT,
        "%-10s lost %d (the generator %d), longest gap %.0f ms, delay median %.2f ms, 95 %% %.1f,"
            + " 99 %% %.1f, max %.0f  %s%n",
        name,
        report.players().get("videoLost"),
        report.generator().droppedBySockets(),
        Load.time(report, "longestGap").maxMs(),
        delay.medianMs(),
        delay.p95Ms(),
        delay.p99Ms(),
        delay.maxMs(),
        what);
  }
}
