package io.github.jvbwhip.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.load.report.Figure;
import io.github.jvbwhip.load.report.LoadReport;
import io.github.jvbwhip.standalone.Standalone;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address does what its limits let it do, to keep others out. */
@Timeout(120)
class NewcomersUnderAttackTest {
  private static final int PLAYERS = 20;

  /** How many have threads at a time; see HandshakeThreads. */
  private static final int HANDSHAKES_OF_ONE_ADDRESS = 16;

  @Test
  void they_get_in_while_one_address_begins_handshakes_and_posts_without_end() throws Exception {
    try (Standalone server =
            Standalone.start(
                Standalone.configuration(
                    ConfigFactory.parseString(
                        "standalone { bridge = embedded, udp-port = 0, bind = [ 127.0.0.1 ], http {"
                            + " host = 127.0.0.1, port = 0 } }\n"
                            + "videobridge.whip { auth.mode = none, trusted-proxies = [ 127.0.0.1 ]"
                            + " }\n"
                            + "videobridge.whep { auth.mode = none, trusted-proxies = [ 127.0.0.1 ]"
                            + " }\n")));
        HalfHandshakes attacker = new HalfHandshakes(InetAddress.getByName("127.0.0.2"))) {
      LoadReport before = newcomers(server);
      attacker.shakeHands(server.uri().resolve("whep/attack"), 35);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (attacker.begun() < HANDSHAKES_OF_ONE_ADDRESS && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      attacker.post(server.uri().resolve("whip/attack"), 2);

      double most = Math.max(500, 3 * medianToConnected(before));
      LoadReport meanwhile = newcomers(server);
      // The machine may be busy with other things: the best of three counts.
      for (int i = 0; i < 2 && medianToConnected(meanwhile) >= most; i++) {
        meanwhile = newcomers(server);
      }

      assertThat(meanwhile.errors()).isEmpty();
      assertThat(meanwhile.players().get(Figure.CONNECTED.key())).isEqualTo(PLAYERS);
      assertThat(medianToConnected(meanwhile)).isLessThan(most);
      assertThat(attacker.begun()).isGreaterThan(HANDSHAKES_OF_ONE_ADDRESS);
      assertThat(attacker.statuses()).containsKeys(201, 429);
    }
  }

  private static double medianToConnected(LoadReport report) {
    return report.times().get("connected").medianMs();
  }

  private static LoadReport newcomers(Standalone server) throws Exception {
    return run(
        "--whip",
        server.uri() + "whip/attacked",
        "--whep",
        server.uri() + "whep/attacked",
        "--players",
        String.valueOf(PLAYERS),
        "--rate",
        "4",
        "--duration",
        "1");
  }

  private static LoadReport run(String... line) throws Exception {
    Options options = new Options();
    Main.commandLine(options).parseArgs(line);
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new LoadRun(Plans.of(options, Optional.empty()), nobody).run();
  }
}
