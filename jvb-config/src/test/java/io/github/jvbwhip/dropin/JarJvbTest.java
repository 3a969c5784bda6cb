package io.github.jvbwhip.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class JarJvbTest {
  @Test
  void it_has_only_the_plugins_own_classes() throws Exception {
    assertThat(classes(JvbProcess.dropInJar()))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("io/github/jvbwhip/"));
  }

  @Test
  void it_has_no_class_that_the_bridge_has() throws Exception {
    Path home = JvbHome.orSkip();
    Set<String> bridge = new TreeSet<>(classes(home.resolve("jitsi-videobridge.jar")));
    try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
      for (Path jar : lib.filter(p -> p.toString().endsWith(".jar")).toList()) {
        if (!jar.getFileName().toString().startsWith("jvb-whip-whep")) {
          bridge.addAll(classes(jar));
        }
      }
    }
    assertThat(classes(JvbProcess.dropInJar())).doesNotContainAnyElementsOf(bridge);
  }

  @Test
  void no_other_jar_of_its_name_lies_beside_it() throws Exception {
    Path jar = JvbProcess.dropInJar();
    try (Stream<Path> files = Files.list(jar.toAbsolutePath().getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches("jvb-whip-whep.*\\.jar"))
          .containsExactly(jar.getFileName().toString());
    }
  }

  @Test
  void it_has_the_configuration_of_all_parts() throws Exception {
    try (JarFile jar = new JarFile(JvbProcess.dropInJar().toFile())) {
      String reference =
          new String(
              jar.getInputStream(jar.getEntry("reference.conf")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(reference).contains("http-server {", "on-conflict", "when-unpublished");
      assertThat(jar.getEntry("META-INF/services/" + DISCOVERY)).isNotNull();
    }
  }

  @Test
  void it_has_of_the_graphs_what_the_pages_need_and_their_licence() throws Exception {
    try (JarFile jar = new JarFile(JvbProcess.dropInJar().toFile())) {
      assertThat(
              jar.stream()
                  .filter(entry -> !entry.isDirectory())
                  .map(entry -> entry.getName().replaceFirst("/uplot/[0-9.]+/", "/uplot/"))
                  .filter(name -> name.startsWith("META-INF/resources/")))
          .containsExactlyInAnyOrder(
              "META-INF/resources/webjars/uplot/LICENSE",
              "META-INF/resources/webjars/uplot/dist/uPlot.esm.js",
              "META-INF/resources/webjars/uplot/dist/uPlot.min.css");
    }
  }

  private static final String DISCOVERY = "org.glassfish.jersey.internal.spi.AutoDiscoverable";

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
          .filter(name -> !name.startsWith("META-INF/"))
          .collect(Collectors.toList());
    }
  }
}
