package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.http.problems.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/errors.md and {@link ProblemType} say the same. */
class ErrorDocumentationTest {
  private final String text = read();

  private static String read() {
    try {
      return Files.readString(Path.of("../docs/errors.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<MatchResult> find(String regex) {
    return Pattern.compile(regex, Pattern.MULTILINE).matcher(text).results().toList();
  }

  @Test
  void table_has_each_type_with_its_status() {
    assertThat(find("^\\| ([a-z-]+) \\| (\\d{3}) \\|"))
        .extracting(row -> row.group(1) + " " + row.group(2))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values()).map(t -> t.slug() + " " + t.status()).toList());
  }

  @Test
  void each_type_is_explained_once() {
    assertThat(find("^### ([a-z-]+)$"))
        .extracting(heading -> heading.group(1))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList());
  }

  @Test
  void example_is_one_that_is_sent() {
    assertThat(text)
        .contains(ProblemType.NO_COMMON_CODEC.uri())
        .contains(ProblemType.NO_COMMON_CODEC.title());
  }
}
