package io.github.jvbwhip.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageFilesTest {
  private static final Map<String, String> FILES =
      Map.of(
          "layout.html", "layout",
          "assets/a.js", "a",
          "assets/more/b.js", "b",
          "assets2/c.js", "c");

  @TempDir private Path folder;

  private URL inFolder() throws IOException {
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve("my pages").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder.resolve("my pages/layout.html").toUri().toURL();
  }

  /** Without entries for the folders, as some tools write them. */
  private URL inJar() throws IOException {
    Path path = folder.resolve("my jar.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path))) {
      for (var file : FILES.entrySet()) {
        jar.putNextEntry(new JarEntry("org/pages/" + file.getKey()));
        jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      jar.putNextEntry(new JarEntry("assets/d.js"));
    }
    return URI.create("jar:" + path.toUri() + "!/org/pages/layout.html").toURL();
  }

  private static void assertFound(URL anchor) throws IOException {
    PageFiles files = new PageFiles(anchor);
    Map<String, byte[]> assets = files.folder("assets");
    assertThat(assets).containsOnlyKeys("a.js", "more/b.js");
    assertThat(assets.get("more/b.js")).asString(StandardCharsets.UTF_8).isEqualTo("b");
    assertThatThrownBy(() -> files.folder("none")).hasMessageContaining("none");
    assertThat(anchor.openStream()).hasContent("layout");
  }

  @Test
  void a_folder_of_a_folder_is_listed() throws Exception {
    assertFound(inFolder());
  }

  @Test
  void a_folder_of_a_jar_is_listed() throws Exception {
    assertFound(inJar());
  }
}
