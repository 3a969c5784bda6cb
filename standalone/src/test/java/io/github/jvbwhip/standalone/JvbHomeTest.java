package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvbHomeTest {
  @TempDir Path directory;

  private Path installation(String name) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Files.createDirectory(home.resolve("lib"));
    Files.createFile(home.resolve("jitsi-videobridge.jar"));
    return home;
  }

  @Test
  void the_system_property_comes_before_the_environment() throws IOException {
    Path first = installation("first");
    Path second = installation("second");
    Properties properties = new Properties();
    Map<String, String> environment = Map.of("JVB_HOME", second.toString());
    assertThat(JvbHome.find(properties, environment)).contains(new JvbHome(second));

    properties.setProperty("jvb.home", first.toString());
    assertThat(JvbHome.find(properties, environment)).contains(new JvbHome(first));
  }

  @Test
  void a_named_place_without_a_bridge_is_not_passed_over_for_another_one() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("jvb.home", directory.toString());
    Map<String, String> environment = Map.of("JVB_HOME", installation("other").toString());
    assertThat(JvbHome.find(properties, environment)).isEmpty();
  }
}
