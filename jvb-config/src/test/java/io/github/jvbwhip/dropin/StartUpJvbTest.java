package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresJvb
class StartUpJvbTest {
  private final Path home = JvbHome.orSkip();

  @Test
  void a_bridge_without_the_jar_knows_no_whip() throws Exception {
    try (JvbProcess bridge = JvbProcess.start(home, Optional.empty(), JvbProcess.BOTH_ON)) {
      assertThat(bridge.get("/whip/room").statusCode()).isEqualTo(404);
      assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_jar_alone_changes_nothing() throws Exception {
    try (JvbProcess bridge = JvbProcess.start(home, Optional.of(JvbProcess.dropInJar()), "")) {
      assertThat(bridge.get("/whip/room").statusCode()).isEqualTo(404);
      assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
      assertThat(bridge.get("/metrics").body()).contains("jitsi_jvb_").doesNotContain("whip");
      assertThat(bridge.logLines("WHIP")).isEmpty();
    }
  }

  @Test
  void switched_on_it_serves_both_protocols_and_the_pages() throws Exception {
    try (JvbProcess bridge = JvbProcess.start(home)) {
      assertThat(bridge.logLines("WHIP: open to everyone; WHEP: open to everyone; on ")).hasSize(1);
      assertThat(bridge.logLines("has other private fields")).isEmpty();
      assertThat(bridge.get("/whip/room").statusCode()).isEqualTo(204);
      assertThat(bridge.get("/").body()).contains("<html");
      assertThat(bridge.get("/embed/room/stream").body()).contains("<html");
      assertThat(bridge.get("/elements/v1/uplot.js").body()).contains("uPlot as default");
      assertThat(bridge.get("/api/rooms").statusCode()).isEqualTo(200);
      assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
      assertThat(bridge.get("/colibri/stats").statusCode()).isEqualTo(200);
    }
  }

  /** The first answers of a process took up to 13 seconds. */
  @Test
  void nothing_listens_before_an_answer_of_each_protocol_has_been_rehearsed() throws Exception {
    int port = FreePort.find();
    String own = "videobridge.whip.http-server { host = 127.0.0.1, port = " + port + " }\n";
    try (JvbProcess bridge =
        JvbProcess.start(home, Optional.of(JvbProcess.dropInJar()), JvbProcess.BOTH_ON + own)) {
      List<String> lines = bridge.log().lines().toList();
      int rehearsed = first(lines, "Rehearsed the first answers");
      assertThat(lines.get(rehearsed)).contains("HTTP/1.1 201 Created, HTTP/1.1 201 Created");
      assertThat(first(lines, "Started ServerConnector")).isGreaterThan(rehearsed);
      assertThat(first(lines, "Started BoundedConnector")).isGreaterThan(rehearsed);
      assertThat(bridge.logLines("Connector@"))
          .anyMatch(line -> line.contains("{127.0.0.1:" + port + "}"))
          .anyMatch(line -> line.contains("{127.0.0.1:" + bridge.url("/").getPort() + "}"));
      assertThat(bridge.get("/metrics").body())
          .contains("jitsi_jvb_whip_")
          .doesNotContain("warm-up");
    }
  }

  private static int first(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no line has " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "videobridge.whip { enabled = true, enabeld = true }|enabeld",
        "videobridge.whip { enabled = maybe }|videobridge.whip.enabled",
        "videobrige.whip { enabled = true, auth.tokens = [ t ] }|videobrige.whip (",
        "videobridge { whip.enabled = true, wihp.auth.tokens = [ t ] }|videobridge.wihp (",
        "videobridge.whip { enabled = true, http-server.port = 70000 }|http-server.port",
        "videobridge { whip.enabled = true, whep.retry-after = -1s }|videobridge.whep.retry-after"
      })
  void a_wrong_key_or_value_costs_one_line_and_the_plugin(String config, String named)
      throws Exception {
    try (JvbProcess bridge =
        JvbProcess.start(home, Optional.of(JvbProcess.dropInJar()), config + "\n")) {
      assertThat(bridge.get("/whip/room").statusCode()).isEqualTo(404);
      assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
      assertThat(bridge.logLines("WHIP and WHEP stay off"))
          .hasSize(1)
          .first()
          .asString()
          .contains(named);
    }
  }

  @Test
  void a_bridge_that_lacks_a_member_runs_on_without_the_plugin(@TempDir Path directory)
      throws Exception {
    Path jar = Files.copy(JvbProcess.dropInJar(), directory.resolve("jvb-whip-whep-0.jar"));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.writeString(
          files.getPath("io/github/jvbwhip/jvb/linkage/used-members.txt"),
          "method org.jitsi.videobridge.Videobridge notInThisVersion ()V\n",
          StandardOpenOption.APPEND);
    }
    try (JvbProcess bridge = JvbProcess.start(home, Optional.of(jar), JvbProcess.BOTH_ON)) {
      assertThat(bridge.logLines("WHIP and WHEP stay off"))
          .hasSize(1)
          .first()
          .asString()
          .contains("does not have method org.jitsi.videobridge.Videobridge notInThisVersion");
      assertThat(bridge.logLines("Exception")).isEmpty();
      assertThat(bridge.get("/whip/room").statusCode()).isEqualTo(404);
      assertThat(bridge.get("/about/version").statusCode()).isEqualTo(200);
    }
  }
}
