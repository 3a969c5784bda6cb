package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The release archive with a Jitsi Videobridge that is installed. */
class ArchiveJvbTest {
  private static final Path HOME =
      Path.of(
          System.getProperty(
              "jvb.home",
              System.getenv().getOrDefault("JVB_HOME", "/usr/share/jitsi-videobridge")));

  @Test
  void it_starts_the_bridge_with_the_jar_that_it_brings() throws Exception {
    assumeTrue(
        Files.isRegularFile(HOME.resolve("jitsi-videobridge.jar")),
        "no Jitsi Videobridge in " + HOME + " (-Djvb.home, JVB_HOME)");
    try (RunningServer server =
        RunningServer.start(
            Map.of("JVB_HOME", HOME.toString()),
            Release.DIRECTORY.resolve("bin/jvb-whip-standalone"),
            "--bridge",
            "jvb",
            "--port",
            "0",
            "--udp-port",
            "0")) {
      assertThat(server.output()).contains("Jitsi Videobridge in " + HOME);
      assertThat(server.get("watch")).isEqualTo(200);
      assertThat(server.get("whip/room")).isEqualTo(204);
      assertThat(server.terminate()).isEqualTo(143);
    }
  }
}
