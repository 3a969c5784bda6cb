package io.github.jvbwhip.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package of the drop-in jar: on a bridge, with and without what was there before. */
class PluginPackageTest {
  private static final String LIB = "/usr/share/jitsi-videobridge/lib";
  private static final String JAR = LIB + "/" + Release.PLUGIN_JAR;
  private static final String JVB_CONF = "/etc/jitsi/videobridge/jvb.conf";

  @TempDir private Path folder;
  private InstalledRoot root;

  @BeforeEach
  void haveABridge() throws IOException {
    Command.require("dpkg");
    assumeThat(System.getProperty("user.name")).as("only root installs").isEqualTo("root");
    root = InstalledRoot.create(folder, Map.of("jitsi-videobridge2", "2.3-300-g0123456-1"));
    Files.createDirectories(root.path(LIB));
    Files.writeString(root.path(LIB + "/jetty-ee10-servlet-12.0.35.jar"), "jetty");
    Files.createDirectories(root.path(JVB_CONF).getParent());
    Files.writeString(root.path(JVB_CONF), "videobridge { stats.enabled = true }\n");
  }

  @Test
  void removal_leaves_the_bridge_as_it_was() throws IOException {
    Map<String, String> before = root.files();
    assertThat(root.must("-i", Release.PLUGIN_DEB)).contains("Next: switch it on in");
    assertThat(root.path(JAR))
        .hasSameBinaryContentAs(Release.DIRECTORY.resolve("share").resolve(Release.PLUGIN_JAR));
    assertThat(root.files()).containsEntry(JAR.substring(1), "rw-r--r--");
    assertThat(root.must("--verify", "jvb-whip-whep")).isEmpty();
    assertThat(Command.succeed("dpkg-deb", "-c", Release.PLUGIN_DEB))
        .contains("./usr/share/doc/jvb-whip-whep/examples -> ../../jvb-whip-whep")
        .contains("./usr/share/jvb-whip-whep/jvb.conf.sample");

    assertThat(root.must("-r", "jvb-whip-whep")).contains("restart jitsi-videobridge2");
    root.must("-P", "jvb-whip-whep");
    Map<String, String> after = root.files();
    after.keySet().removeIf(file -> file.matches("usr/share/(doc|lintian.*)"));
    assertThat(after).isEqualTo(before);
    assertThat(root.path(JVB_CONF)).hasContent("videobridge { stats.enabled = true }");
  }

  @Test
  void an_older_jar_makes_room_whoever_has_put_it_there() throws IOException {
    String byHand = LIB + "/jvb-whip-whep-0.0.2.jar";
    String packaged = LIB + "/jvb-whip-whep-0.0.1.jar";
    Files.writeString(root.path(byHand), "old");
    root.must(
        "-i", root.older(Release.PLUGIN_DEB, packaged, "/usr/share/jvb-whip-whep/jvb.conf.sample"));
    root.must("-i", Release.PLUGIN_DEB);
    assertThat(root.path(byHand)).doesNotExist();
    assertThat(root.path(packaged)).doesNotExist();
    assertThat(root.path(JAR)).exists();
  }

  @Test
  void a_bridge_that_is_too_old_is_told() throws IOException {
    Files.delete(root.path(LIB + "/jetty-ee10-servlet-12.0.35.jar"));
    assertThat(root.must("-i", Release.PLUGIN_DEB)).contains("this Jitsi Videobridge is too old");
  }

  @Test
  void it_wants_a_bridge(@TempDir Path elsewhere) throws IOException {
    InstalledRoot bare = InstalledRoot.create(elsewhere, Map.of());
    assertThat(bare.dpkg("-i", Release.PLUGIN_DEB).text())
        .contains("depends on jitsi-videobridge2");
  }
}
