package io.github.jvbwhip.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.Figure;
import io.github.jvbwhip.load.report.LoadReport;
import io.github.jvbwhip.standalone.Standalone;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the product on the embedded bridge, in this process: figures that are known. */
@Timeout(180)
class EmbeddedLoadTest {
  private Standalone server;
  private String whip;
  private String whep;

  @BeforeEach
  void start() throws Exception {
    start("");
  }

  private void start(String settings) throws Exception {
    server =
        Standalone.start(
            Standalone.configuration(
                ConfigFactory.parseString(
                    "standalone { bridge = embedded, udp-port = 0,"
                        + " http { host = 127.0.0.1, port = 0 } }\n"
                        + settings)));
    whip = server.uri() + "whip/load{room}/camera{stream}";
    whep = server.uri() + "whep/load{room}/camera{stream}";
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void players_see_a_picture_and_get_what_was_lost_on_purpose() throws Exception {
    LoadReport report =
        run("--players", "20", "--duration", "8", "--loss", "5", "--delay", "20", "--seed", "7");
    assertThat(report.errors()).isEmpty();
    assertThat(report.isGood()).isTrue();

    Map<String, Long> publishers = report.publishers();
    assertThat(publishers.get(Figure.CONNECTED.key())).isEqualTo(1);
    assertThat(publishers.get(Figure.DELETED.key())).isEqualTo(1);
    assertThat(publishers.get(Figure.KEYFRAMES.key())).isGreaterThanOrEqualTo(4);

    Map<String, Long> players = report.players();
    assertThat(players.get(Figure.CONNECTED.key())).isEqualTo(20);
    assertThat(players.get(Figure.DELETED.key())).isEqualTo(20);
    assertThat(players.get(Figure.NOT_AUTHENTIC.key())).isZero();

    // What is lost before the first packet that comes, or after the last one, is not missed.
    long onPurpose = players.get(Figure.VIDEO_LOST_ON_PURPOSE.key());
    long lost = players.get(Figure.VIDEO_LOST.key());
    assertThat(onPurpose).isBetween(200L, 5000L);
    assertThat(lost)
        .isBetween(onPurpose * 9 / 10, onPurpose + report.generator().droppedBySockets());
    assertThat(players.get(Figure.VIDEO_REPAIRED.key())).isBetween(lost * 9 / 10, lost);
    assertThat(players.get(Figure.AUDIO_LOST.key())).isPositive();

    Distribution firstKeyframe = report.times().get("firstKeyframe");
    assertThat(firstKeyframe.count()).isEqualTo(20);
    assertThat(firstKeyframe.medianMs())
        .isGreaterThanOrEqualTo(report.times().get("connected").medianMs());
    assertThat(report.times().get("post").count()).isEqualTo(20);
    Distribution delay = report.times().get("delay");
    assertThat(delay.count()).isGreaterThan(1000);
    assertThat(delay.medianMs()).isBetween(20.0, 2000.0);
    assertThat(report.window().packetsPerSecond()).isGreaterThan(1000);
  }

  @Test
  void players_that_only_count_see_no_less_packets() throws Exception {
    String pid = String.valueOf(ProcessHandle.current().pid());
    LoadReport report =
        run(("--players 5 --duration 3 --decrypt no --codec h264 --pid " + pid).split(" ", -1));
    assertThat(report.errors()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(report.server()).isNotNull();
    assertThat(report.server().cpuMicrosPerPacket()).isBetween(1.0, 10_000.0);
    assertThat(report.server().residentBytes()).isGreaterThan(10_000_000);
    assertThat(report.generator().lateness().count()).isGreaterThan(100);
    assertThat(report.players().get(Figure.VIDEO_PACKETS.key())).isGreaterThan(1000);
    assertThat(report.players().get(Figure.VIDEO_LOST.key()))
        .isLessThanOrEqualTo(report.generator().droppedBySockets());
    assertThat(report.players()).doesNotContainKey(Figure.FRAMES.key());
  }

  @Test
  void av1_and_simulcast_over_rooms_and_remb() throws Exception {
    LoadReport report =
        run(
            "--codec av1 --simulcast 3 --rooms 2 --streams 3 --players 6 --duration 5"
                .concat(" --feedback remb --audio no")
                .split(" ", -1));
    assertThat(report.errors()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(report.publishers().get(Figure.CONNECTED.key())).isEqualTo(3);
    assertThat(report.players().get(Figure.CONNECTED.key())).isEqualTo(6);
    assertThat(report.players().get(Figure.AUDIO_PACKETS.key())).isZero();
    assertThat(report.players().get(Figure.FRAMES.key())).isGreaterThan(100);
  }

  @Test
  void a_server_that_makes_the_offer_is_answered() throws Exception {
    server.close();
    start("videobridge.whep.offer = server");
    LoadReport report = run("--players", "3", "--duration", "3");
    assertThat(report.errors()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(report.players().get(Figure.DELETED.key())).isEqualTo(3);
  }

  @Test
  void a_run_that_is_stopped_ends_its_sessions_too() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    PrintStream lines =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            if (line.contains("connected 3,")) {
              connected.countDown();
            }
          }
        };
    LoadRun run = new LoadRun(plan("--players", "3", "--duration", "600"), lines);
    CompletableFuture<LoadReport> report =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run.run();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(connected.await(60, TimeUnit.SECONDS)).isTrue();
    run.stop();
    LoadReport result = report.get(30, TimeUnit.SECONDS);
    assertThat(result.players().get(Figure.DELETED.key())).isEqualTo(3);
    assertThat(result.publishers().get(Figure.DELETED.key())).isEqualTo(1);
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void sessions_of_nobody_fail_and_are_told() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        Main.run(
            new String[] {"--whep", server.uri() + "whep/no!room", "--duration", "1"},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);
    assertThat(status).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 times POST: 4");
  }

  private LoadReport run(String... more) throws Exception {
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new LoadRun(plan(more), nobody).run();
  }

  private LoadPlan plan(String... more) throws Exception {
    Options options = new Options();
    Main.commandLine(options)
        .parseArgs(
            Stream.concat(Stream.of("--whip", whip, "--whep", whep), Arrays.stream(more))
                .toArray(String[]::new));
    return Plans.of(options, Optional.empty());
  }
}
