package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What docs/troubleshooting.md quotes is said by the code: the spans that begin with a capital and
 * have several words, or that have a … for what differs.
 */
class QuotedWordsTest {
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+(?:\n[^`\n]+)?)`");
  private static final Pattern QUOTED = Pattern.compile("[A-Z].* .*|.*….*");

  @Test
  void are_those_of_the_code() throws Exception {
    List<String> parts =
        SPAN.matcher(text(Path.of("../docs/troubleshooting.md")).replaceAll("(?s)```.*?```", ""))
            .results()
            .map(span -> span.group(1).replaceAll("\\s+", " "))
            .filter(span -> QUOTED.matcher(span).matches())
            .flatMap(span -> Arrays.stream(span.split("…")))
            .map(String::strip)
            .filter(part -> part.length() > 3)
            .toList();
    String said = sources();
    assertThat(parts).hasSizeGreaterThan(40);
    assertThat(parts.stream().filter(part -> !said.contains(part))).isEmpty();
  }

  /** All that is compiled or served, with texts in several parts as one. */
  private static String sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve("src/main"))
          .filter(Files::exists)
          .flatMap(QuotedWordsTest::texts)
          .collect(Collectors.joining("\n"))
          .replaceAll("\"\\s*\\+\\s*\"", "");
    }
  }

  private static Stream<String> texts(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|js)"))
          .map(QuotedWordsTest::text)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
