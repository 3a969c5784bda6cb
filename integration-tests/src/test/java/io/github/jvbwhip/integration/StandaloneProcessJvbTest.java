package io.github.jvbwhip.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.github.jvbwhip.dropin.RequiresJvb;
import io.github.jvbwhip.testpeer.signalling.HttpSignalling;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run} with a Jitsi Videobridge that it starts. */
@RequiresJvb
class StandaloneProcessJvbTest {
  private static final Pattern PRIVATE = Pattern.compile("Private: *(http\\S+)");

  /** Where a GET of the root by an address of this machine is not answered with 200, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "standalone.http.host = 127.0.0.2",
        "standalone.http.host = \"::1\"",
        "videobridge.whip.pages = false",
        "standalone.http.proxy-protocol = true, videobridge.whip.trusted-proxies = [ 192.0.2.1 ],"
            + " videobridge.whip.auth.tokens = [ t ], videobridge.whep.auth.mode = none"
      })
  void it_is_up_wherever_it_listens_and_whatever_it_serves(String settings) throws Exception {
    Config config = ConfigFactory.parseString(settings);
    try (StandaloneProcess process = JvbServer.startProcess(config.root().unwrapped())) {
      assertThat(process.uri().getPort()).isPositive();
      process.awaitOutput("Private:");
      Matcher told = PRIVATE.matcher(process.output());
      assertThat(told.find()).as(process.output()).isTrue();
      URI health = URI.create(told.group(1)).resolve("about/health");
      assertThat(HttpSignalling.send("GET", health, null, null, Map.of()).status()).isEqualTo(200);
    }
  }

  @Test
  void a_port_in_use_is_one_line_and_a_failure() throws Exception {
    try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      refuses("--port", tcp.getLocalPort(), "--udp-port", "standalone.bind = []");
      refuses("--udp-port", udp.getLocalPort(), "--port", "standalone.bind = [ 127.0.0.1 ]");
    }
  }

  private static void refuses(String option, int taken, String other, String bind)
      throws IOException {
    Path config = Files.createTempFile(Path.of("target"), "standalone-", ".conf");
    Files.writeString(config, bind);
    try (StandaloneProcess process =
        StandaloneProcess.start(
            "--bridge", "jvb", option, "" + taken, other, "0", "--config", "" + config)) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.output().lines()).hasSize(1);
      assertThat(process.output()).contains(" port " + taken, "Choose another").contains(option);
    }
  }

  /** Of what the drop-in jar alone reads, only the bridge knows whether its values are right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "videobridge.whip.cluster { enabled = true } | cluster.self has to be",
        "videobridge { whip.enabled = false, whep.enabled = false } | both are switched off"
      })
  void a_bridge_without_the_plugin_is_a_failure_at_once(String settings, String said)
      throws IOException {
    Path config = Files.createTempFile(Path.of("target"), "standalone-", ".conf");
    Files.writeString(config, settings);
    try (StandaloneProcess process =
        StandaloneProcess.start(
            "--bridge", "jvb", "--port", "0", "--udp-port", "0", "--config", "" + config)) {
      assertThat(process.awaitExit()).isEqualTo(1);
      assertThat(process.output()).contains("WHIP and WHEP are off", said);
    }
  }

  /** The bridge's configuration, with its tokens, is among them. */
  @Test
  void no_files_are_left_behind() {
    try (StandaloneProcess process =
        JvbServer.startProcess(Map.of("videobridge.whip.auth.tokens", List.of("s3same")))) {
      assertThat(process.temporaryFiles()).isNotEmpty();
      process.close();
      assertThat(process.temporaryFiles()).isEmpty();
    }
  }
}
