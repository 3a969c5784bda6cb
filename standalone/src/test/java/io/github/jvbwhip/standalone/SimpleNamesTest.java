package io.github.jvbwhip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A name means one thing in the whole product. Nested types are told apart by what they are nested
 * in; the tests' programs, the benchmarks and Jitsi's own names are not the product.
 */
class SimpleNamesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
  private static final Pattern NOT_THE_PRODUCT =
      Pattern.compile("benchmarks|packaging|integration-tests.*|.*/videobridge-api");

  @Test
  void no_class_of_the_product_has_the_name_of_another() throws IOException {
    Map<String, Path> classes = new HashMap<>();
    for (String module : modules()) {
      for (Path source : sources(module)) {
        Path other = classes.putIfAbsent(source.getFileName().toString(), source);
        assertThat(other).as("the namesake of %s", source).isNull();
      }
    }
    assertThat(classes).containsKeys("Standalone.java", "SdpParser.java", "JvbBridge.java");
  }

  private static List<String> modules() throws IOException {
    return MODULE
        .matcher(Files.readString(ROOT.resolve("pom.xml")))
        .results()
        .map(module -> module.group(1))
        .filter(module -> !NOT_THE_PRODUCT.matcher(module).matches())
        .toList();
  }

  private static List<Path> sources(String module) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList();
    }
  }
}
