package io.github.jvbwhip.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.jvbwhip.load.Plans.WrongUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line. */
class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void says_what_is_wrong_with_the_command_line() {
    assertWrong("--whip URL, --whep URL, or both");
    assertWrong("no HTTP URL", "--whip", "ftp://example.org/x");
    assertWrong("malformed", "--whep", "http://example.org/{nobody}");
    assertWrong("--help lists the options", "--whop", "x");
    assertWrong("--players is from 0 to 5000", "--whep", "http://a/", "--players", "5001");
    assertWrong("--streams is from 3", "--whep", "http://a/", "--rooms", "3", "--streams", "2");
    assertWrong("800k or 1.5M", "--whip", "http://a/", "--bitrate", "fast");
    assertWrong("--bitrate is from", "--whip", "http://a/", "--bitrate", "500M");
    assertWrong("--loss is from", "--whep", "http://a/", "--loss", "100");
    assertWrong("expected one of [H264, VP8, AV1]", "--whep", "http://a/", "--codec", "OPUS");
    assertWrong("expected one of [H264, VP8, AV1]", "--whep", "http://a/", "--codec", "H266");
    assertWrong("[TRANSPORT-CC, REMB, NONE]", "--whep", "http://a/", "--feedback", "x");
    assertWrong("--remb is from", "--whep", "http://a/", "--remb", "0");
    assertWrong("without --whep", "--whip", "http://a/", "--players", "5");
    assertWrong("--json is a file", "--whep", "http://a/", "--json", "target/none/a.json");
    assertWrong("--json is a file", "--whep", "http://a/", "--json", "target");
    assertWrong("--pid is", "--whep", "http://a/", "--pid", "99999999");
    assertWrong("--size is", "--whip", "http://a/", "--size", "720p");
  }

  /** The script shows the file before anything is built. */
  @Test
  void the_help_is_that_of_the_options() throws Exception {
    int status =
        Main.run(
            new String[] {"--help"},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(Path.of("src/main/resources/io/github/jvbwhip/load/help.txt")));
  }

  private void assertWrong(String text, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(text).hasLineCount(1);
  }

  @Test
  void help_names_every_option() throws Exception {
    assertThat(run("--help")).isZero();
    String document = Files.readString(Path.of("../../docs/load.md"));
    new CommandLine(new Options())
        .getCommandSpec()
        .options()
        .forEach(
            option -> {
              assertThat(out()).contains(option.longestName());
              assertThat(document).as("docs/load.md").contains(option.longestName());
            });
  }

  @Test
  void streams_are_spread_over_rooms_and_players_over_streams() throws Exception {
    LoadPlan plan =
        plan(
            "--whip",
            "http://a/{room}/{stream}?{n}",
            "--whep",
            "http://b/{room}/{stream}?{n}",
            "--rooms",
            "2",
            "--streams",
            "4",
            "--players",
            "8");
    assertThat(plan.publishers()).isEqualTo(4);
    assertThat(plan.whip(0)).hasToString("http://a/0/0?0");
    assertThat(plan.whip(3)).hasToString("http://a/1/1?3");
    assertThat(plan.whep(1)).hasToString("http://b/1/0?1");
    assertThat(plan.whep(6)).hasToString("http://b/0/1?6");
  }

  @Test
  void options_become_settings() throws Exception {
    LoadPlan plan =
        plan(
            "--whip http://a/ --codec av1,vp8 --bitrate 800k --fps 25 --keyframe-interval 4"
                .concat(" --simulcast 2 --answer-pli no --feedback remb --remb 2M --delay 100")
                .split(" ", -1));
    assertThat(plan.publisher().codec().name()).isEqualTo("AV1");
    assertThat(plan.publisher().video().bitrate()).isEqualTo(800_000);
    assertThat(plan.publisher().video().keyframeInterval()).isEqualTo(100);
    assertThat(plan.publisher().rids()).containsExactly("h", "f");
    assertThat(plan.publisher().answersKeyframeRequests()).isFalse();
    assertThat(plan.player().remb()).isEqualTo(2_000_000);
    assertThat(plan.player().nackIntervalNanos()).isEqualTo(250_000_000);
    assertThat(plan.players()).isZero();
    assertThat(plan.token()).contains("of the environment");
  }

  private static LoadPlan plan(String... args) throws WrongUsage {
    Options options = new Options();
    Main.commandLine(options).parseArgs(args);
    return Plans.of(options, Optional.of("of the environment"));
  }

  @Test
  @Timeout(60)
  void refused_posts_are_tried_again_when_the_server_says_and_failures_are_told(
      @TempDir Path directory) throws Exception {
    AtomicInteger posts = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, posts.incrementAndGet()));
    server.start();
    Path json = directory.resolve("report.json");
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/whep/room";
      assertThat(run("--whep", url, "--duration", "1", "--token", "sesame", "--json", "" + json))
          .isEqualTo(1);
    } finally {
      server.stop(0);
    }
    assertThat(posts).hasValue(3);
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/players/refusals").asInt()).isEqualTo(2);
    assertThat(report.at("/players/failed").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/kind").asText()).isEqualTo("POST");
    assertThat(report.at("/errors/0/text").asText()).isEqualTo("404, No such room");
    assertThat(out()).contains("1 times POST: 404, No such room").doesNotContain("sesame");
  }

  private static void answer(HttpExchange exchange, int number) throws IOException {
    if (!"Bearer sesame".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
    } else if (number < 3) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(number - 1));
      exchange.sendResponseHeaders(number == 1 ? 503 : 429, -1);
    } else {
      byte[] problem = "{\"title\":\"No such room\"}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      exchange.sendResponseHeaders(404, problem.length);
      exchange.getResponseBody().write(problem);
    }
    exchange.close();
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    return Main.run(args, print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
