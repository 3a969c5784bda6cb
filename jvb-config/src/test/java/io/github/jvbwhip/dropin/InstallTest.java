package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
  private static final String JETTY = "jetty-ee10-servlet-12.0.35.jar";

  @TempDir private Path root;
  private Path lib;
  private Path jar;

  private record Run(int status, String output) {}

  @BeforeEach
  void layOut() throws IOException {
    lib = Files.createDirectories(root.resolve("usr/share/jitsi-videobridge/lib"));
    Files.writeString(lib.resolve("other.jar"), "other");
    Files.writeString(lib.resolve(JETTY), "jetty");
    jar = Files.writeString(root.resolve("jvb-whip-whep-2.0.jar"), "new");
  }

  @Test
  void installs_again_and_again_and_replaces_an_older_jar() throws Exception {
    Files.writeString(lib.resolve("jvb-whip-whep-1.0.jar"), "old");
    for (int i = 0; i < 2; i++) {
      Run run = run("install", "--prefix", root.toString(), "--jar", jar.toString());
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(files()).containsExactly(JETTY, "jvb-whip-whep-2.0.jar", "other.jar");
      assertThat(run.output()).contains("Next: switch it on");
    }
    assertThat(Files.readString(lib.resolve("jvb-whip-whep-2.0.jar"))).isEqualTo("new");
  }

  @Test
  void says_when_it_is_switched_on_already() throws Exception {
    Path conf = Files.createDirectories(root.resolve("etc/jitsi/videobridge"));
    Files.writeString(conf.resolve("jvb.conf"), "videobridge { whip { enabled = true } }\n");

    Run run = run("install", "--prefix", root.toString(), "--jar", jar.toString());
    assertThat(run.output()).contains("mentions WHIP or WHEP already");
  }

  @Test
  void uninstalls_again_and_again() throws Exception {
    run("install", "--prefix", root.toString(), "--jar", jar.toString());

    assertThat(run("uninstall", "--prefix", root.toString()).output()).contains("Removed");
    Run again = run("uninstall", "--prefix", root.toString());
    assertThat(again.status()).isZero();
    assertThat(again.output()).contains("Nothing to remove");
    assertThat(files()).containsExactly(JETTY, "other.jar");
  }

  @Test
  void refuses_a_bridge_that_is_too_old() throws Exception {
    Files.move(lib.resolve(JETTY), lib.resolve("jetty-servlet-11.0.24.jar"));

    Run run = run("install", "--prefix", root.toString(), "--jar", jar.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("too old", "Jetty 12");
    assertThat(files()).containsExactly("jetty-servlet-11.0.24.jar", "other.jar");
  }

  @Test
  void says_what_is_missing() throws Exception {
    Run noBridge = run("install", "--prefix", root + "/none", "--jar", jar.toString());
    assertThat(noBridge.status()).isEqualTo(1);
    assertThat(noBridge.output()).contains("no Jitsi Videobridge");

    Run noJar = run("install", "--prefix", root.toString(), "--jar", root + "/none.jar");
    assertThat(noJar.status()).isEqualTo(1);
    assertThat(noJar.output()).contains("no jar");
    assertThat(run("install", "--nonsense").status()).isEqualTo(2);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(lib)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static Run run(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("bash", command[0]));
    line.addAll(List.of(command).subList(1, command.length));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
