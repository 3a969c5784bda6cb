package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.packaging.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked somewhere. */
class ArchiveTest {
  private static final String[] FREE_PORTS = {"--port", "0", "--udp-port", "0"};

  @TempDir private static Path folder;
  private static Path root;
  private static Path script;

  @BeforeAll
  static void unpack() throws IOException {
    Command.succeed("tar", "-xzf", Release.ARCHIVE, "-C", folder);
    root = folder.resolve("jvb-whip-standalone-" + Release.VERSION);
    script = root.resolve("bin/jvb-whip-standalone");
  }

  @Test
  void it_has_what_its_read_me_says() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(root);
    }
    for (String name :
        new String[] {
          "LICENSE",
          "README.md",
          "CHANGELOG.md",
          "conf/standalone.conf",
          "docs/deploy-standalone.md",
          "docs/configuration.md",
          "share/jvb-whip-standalone.service"
        }) {
      assertThat(root.resolve(name)).isNotEmptyFile();
    }
    assertThat(Files.readString(root.resolve("THIRD-PARTY.txt")))
        .contains("org.eclipse.jetty:jetty-server", "org.bouncycastle:bcprov-jdk18on")
        .doesNotContain("io.github.jvbwhip", "junit", "Unknown license");
    try (JarFile plugin = new JarFile(root.resolve("share").resolve(Release.PLUGIN_JAR).toFile())) {
      assertThat(plugin.getEntry("io/github/jvbwhip/shaded/nimbusds/jwt/JWT.class")).isNotNull();
    }
    try (Stream<Path> jars = Files.list(root.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .contains("standalone-" + Release.VERSION + ".jar")
          .noneMatch(jar -> jar.matches("(jvb-|junit|assertj|archunit|jspecify|jackson.*yaml).*"));
    }
  }

  @Test
  void nobody_but_the_owner_may_change_it() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        boolean program = file.getParent().endsWith("bin") || file.endsWith("certbot-deploy-hook");
        String right = Files.isDirectory(file) || program ? "rwxr-xr-x" : "rw-r--r--";
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(right);
      }
    }
  }

  @Test
  void the_help_and_what_is_wrong_call_it_by_its_name() throws IOException {
    Outcome help = Command.run(Map.of(), script, "--help");
    assertThat(help.text()).startsWith("Usage: jvb-whip-standalone [OPTION]...\n");
    assertThat(help.text()).contains("--advertise").doesNotContain("./run");
    assertThat(help.status()).isZero();

    Outcome wrong = Command.run(Map.of(), script, "--prot", "80");
    assertThat(wrong.text())
        .isEqualTo(
            "Unknown options: '--prot', '80' (jvb-whip-standalone --help lists the options)\n");
    assertThat(wrong.status()).isEqualTo(2);
  }

  @Test
  void without_java_it_says_what_to_install(@TempDir Path path) throws IOException {
    for (String tool : new String[] {"bash", "env", "dirname", "readlink", "sed"}) {
      Files.createSymbolicLink(path.resolve(tool), Path.of("/usr/bin", tool));
    }
    Map<String, String> poor = Map.of("JAVA_HOME", "", "PATH", path.toString());
    Outcome none = Command.run(poor, "/usr/bin/bash", script);
    assertThat(none.text())
        .isEqualTo("jvb-whip-standalone: no Java found: install a JRE, version 17 or later\n");
    assertThat(none.status()).isEqualTo(1);

    Path old = Files.createDirectories(path.resolve("old/bin")).resolve("java");
    Files.writeString(
        old, "#!/bin/sh\necho '    java.specification.version = 11' >&2\n# Java 11, as it says.\n");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
    Outcome tooOld =
        Command.run(Map.of("JAVA_HOME", path.resolve("old").toString()), script, "--help");
    assertThat(tooOld.text())
        .isEqualTo("jvb-whip-standalone: Java 11 is too old: version 17 or later is needed\n");
    assertThat(tooOld.status()).isEqualTo(1);
  }

  /** Through a link, from elsewhere, with the sample as it is. */
  @Test
  void it_starts_answers_and_stops(@TempDir Path elsewhere) throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("whip"), script);
    Path sample = root.resolve("conf/standalone.conf");
    try (RunningServer server =
        RunningServer.start(
            Map.of(),
            link,
            "--config",
            sample,
            FREE_PORTS[0],
            FREE_PORTS[1],
            FREE_PORTS[2],
            FREE_PORTS[3])) {
      assertThat(server.get("")).isEqualTo(200);
      assertThat(server.get("watch")).isEqualTo(200);
      String command = Files.readString(Path.of("/proc/" + server.pid() + "/cmdline"));
      assertThat(command).contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
      assertThat(server.terminate()).isEqualTo(143);
      assertThat(server.output()).doesNotContain("WARN", "SEVERE", "Exception");
    }
  }

  @Test
  void java_opts_take_the_place_of_the_small_heap() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            Map.of("JAVA_OPTS", "-Xmx99m"),
            script,
            "--bridge",
            "embedded",
            "--port",
            "0",
            "--udp-port",
            "0")) {
      assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/cmdline")))
          .contains("-Xmx99m", "-XX:+ExitOnOutOfMemoryError")
          .doesNotContain("-XX:+UseSerialGC");
    }
  }
}
