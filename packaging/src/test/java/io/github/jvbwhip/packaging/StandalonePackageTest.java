package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package of the standalone server: installed, upgraded, started, removed, purged. */
class StandalonePackageTest {
  private static final Map<String, String> NEEDED =
      Map.of("default-jre-headless", "2:1.17-74", "systemd", "252", "init-system-helpers", "1.65");
  private static final String CONFIG = "/etc/jvb-whip-standalone/standalone.conf";
  private static final String UNIT = "/usr/lib/systemd/system/jvb-whip-standalone.service";
  private static final String WANTED =
      "/etc/systemd/system/multi-user.target.wants/jvb-whip-standalone.service";
  private static final Pattern USER = Pattern.compile("(?m)^jvb-whip:[^:]*:(\\d+):(\\d+):");

  @TempDir private Path folder;

  @BeforeEach
  void needs() {
    Command.require("dpkg");
    Command.require("systemd-sysusers");
    Command.require("setpriv");
    assumeThat(System.getProperty("user.name")).as("only root installs").isEqualTo("root");
  }

  private InstalledRoot installed() throws IOException {
    InstalledRoot root = InstalledRoot.create(folder, NEEDED);
    root.must("-i", Release.STANDALONE_DEB);
    return root;
  }

  @Test
  void it_wants_a_java_that_is_new_enough() throws IOException {
    InstalledRoot root =
        InstalledRoot.create(folder, Map.of("default-jre-headless", "2:1.11-72", "systemd", "247"));
    assertThat(root.dpkg("-i", Release.STANDALONE_DEB).text())
        .contains("depends on default-jre-headless (>= 2:1.17) | java17-runtime-headless");
  }

  @Test
  void installed_it_has_a_user_and_is_enabled_and_keeps_its_configuration_to_itself()
      throws IOException {
    InstalledRoot root = installed();
    assertThat(Files.isSymbolicLink(root.path(WANTED))).isTrue();
    Matcher user = user(root);
    assertThat(Files.readString(root.path("/etc/passwd")))
        .contains(":/var/lib/jvb-whip-standalone:/usr/sbin/nologin");

    Path directory = root.path(CONFIG).getParent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwxr-x---");
    assertThat(InstalledRoot.group(directory)).isEqualTo(Integer.parseInt(user.group(2)));
    // What root puts there is readable for the server too.
    Path more = Files.writeString(directory.resolve("tokens.conf"), "tokens = []");
    assertThat(InstalledRoot.group(more)).isEqualTo(Integer.parseInt(user.group(2)));
    assertThat(root.files())
        .containsEntry("usr/share/jvb-whip-standalone/bin/jvb-whip-standalone", "rwxr-xr-x")
        .containsEntry("usr/share/jvb-whip-standalone/share/certbot-deploy-hook", "rwxr-xr-x")
        .containsEntry(UNIT.substring(1), "rw-r--r--");
    assertThat(root.must("--verify", "jvb-whip-standalone")).isEmpty();
  }

  private static Matcher user(InstalledRoot root) throws IOException {
    Matcher user = USER.matcher(Files.readString(root.path("/etc/passwd")));
    assertThat(user.find()).isTrue();
    return user;
  }

  /** As the unit says, and as the user that it names. */
  @Test
  void it_starts_where_it_is_installed_as_it_is_configured_there() throws Exception {
    InstalledRoot root = installed();
    Path config = root.path(CONFIG);
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("port = 8080", "port = 0")
            .replaceFirst("udp-port = 10000", "udp-port = 0")
            .replaceFirst("# (auth.tokens = )", "$1"));
    Matcher user = user(root);
    List<Object> command =
        new ArrayList<>(List.of("setpriv", "--reuid", user.group(1), "--regid", user.group(2)));
    command.addAll(List.of("--clear-groups", "--no-new-privs"));
    String start = Files.readString(root.path(UNIT)).split("(?m)^ExecStart=")[1];
    Arrays.stream(start.lines().findFirst().orElseThrow().split(" "))
        .map(word -> word.startsWith("/") ? root.path(word) : word)
        .forEach(command::add);
    try (RunningServer server = RunningServer.start(Map.of(), command.toArray())) {
      assertThat(server.get("")).isEqualTo(200);
      assertThat(server.get("whip/room")).isEqualTo(401);
      assertThat(server.get("whep/room")).isEqualTo(200);
      // As SuccessExitStatus has it.
      assertThat(server.terminate()).isEqualTo(143);
    }
  }

  @Test
  void an_upgrade_keeps_what_the_administrator_has_changed() throws IOException {
    InstalledRoot root = InstalledRoot.create(folder, NEEDED);
    String old = "/usr/share/jvb-whip-standalone/lib/old.jar";
    root.must("-i", root.older(Release.STANDALONE_DEB, old, CONFIG));
    Path config = root.path(CONFIG);
    assertThat(config).content().startsWith("# As it was.");
    String mine = Files.readString(config).replace("port = 8080", "port = 8090");
    Files.writeString(config, mine);
    Files.delete(root.path(WANTED)); // systemctl disable
    int group = InstalledRoot.group(config.getParent());

    root.must("-i", Release.STANDALONE_DEB);
    assertThat(config).hasContent(mine);
    assertThat(root.path(CONFIG + ".dpkg-dist"))
        .hasSameTextualContentAs(Release.DIRECTORY.resolve("conf/standalone.conf"));
    assertThat(root.path(old)).doesNotExist();
    assertThat(Files.isSymbolicLink(root.path(WANTED))).isFalse();
    assertThat(InstalledRoot.group(config.getParent())).isEqualTo(group);
    assertThat(Files.getPosixFilePermissions(config.getParent()))
        .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
  }

  @Test
  void an_upgrade_renews_a_configuration_that_nobody_has_changed() throws IOException {
    InstalledRoot root = InstalledRoot.create(folder, NEEDED);
    root.must("-i", root.older(Release.STANDALONE_DEB, "/usr/share/old", CONFIG));
    root.must("-i", Release.STANDALONE_DEB);
    assertThat(root.path(CONFIG))
        .hasSameTextualContentAs(Release.DIRECTORY.resolve("conf/standalone.conf"));
    assertThat(Files.isSymbolicLink(root.path(WANTED))).isTrue();
  }

  @Test
  void removed_it_leaves_the_configuration_and_purged_nothing() throws IOException {
    InstalledRoot root = installed();
    Path config = root.path(CONFIG);
    Files.writeString(config, "# Mine.\n");
    Files.writeString(config.resolveSibling("keystore.p12"), "key");
    Path state = Files.createDirectories(root.path("/var/lib/jvb-whip-standalone"));
    Files.writeString(state.resolve("hs_err_pid1.log"), "a crash");

    root.must("-r", "jvb-whip-standalone");
    assertThat(config).hasContent("# Mine.");
    assertThat(state).exists();
    assertThat(root.path("/usr/share/jvb-whip-standalone")).doesNotExist();
    assertThat(root.path(UNIT)).doesNotExist();

    root.must("-P", "jvb-whip-standalone");
    assertThat(root.files().keySet()).noneMatch(file -> file.contains("jvb-whip"));
  }

  @Test
  void the_unit_is_right(@TempDir Path elsewhere) throws IOException {
    Command.require("systemd-analyze");
    InstalledRoot root = installed();
    String unit =
        Files.readString(root.path(UNIT))
            .replace("ExecStart=/usr/share", "ExecStart=" + root.path("/usr/share"))
            // It is installed in a directory of this test's only.
            .replaceAll("(?m)^Documentation=.*\n", "");
    Path copy = elsewhere.resolve("jvb-whip-standalone.service");
    Files.writeString(copy, unit);
    assertThat(Command.succeed("systemd-analyze", "verify", "--man=no", copy)).isEmpty();
    // 0 is safe, 10 is not.
    Command.succeed("systemd-analyze", "security", "--offline=yes", "--threshold=25", copy);
  }
}
