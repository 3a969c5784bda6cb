package io.github.jvbwhip.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are those of the modules' {@code reference.conf}; with {@code
 * -Ddocs.write=true} they are written.
 */
class ConfigurationDocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DOCUMENT = ROOT.resolve("docs/configuration.md");
  private static final Pattern TABLE =
      Pattern.compile("(?s)<!-- keys of (\\S+) -->\n(.*?)<!-- end of keys -->");

  @Test
  void tables_are_those_of_the_reference_files() throws Exception {
    String document = Files.readString(DOCUMENT);
    String generated = withTables(document);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, generated);
      return;
    }
    assertThat(document)
        .withFailMessage(
            "docs/configuration.md is not what the reference.conf files say, first in line %d."
                + " Tables are not written by hand: change the comment above the key, then run mvn"
                + " -pl http -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Ddocs.write=true",
            firstDifference(document, generated), getClass().getSimpleName())
        .isEqualTo(generated);
  }

  @Test
  void each_reference_file_has_its_table() throws Exception {
    List<String> tables =
        TABLE.matcher(Files.readString(DOCUMENT)).results().map(table -> table.group(1)).toList();
    try (Stream<Path> modules = Files.list(ROOT)) {
      assertThat(tables)
          .containsExactlyInAnyOrderElementsOf(
              modules
                  .map(module -> module.resolve("src/main/resources/reference.conf"))
                  .filter(Files::exists)
                  .map(file -> ROOT.relativize(file).toString())
                  .toList());
    }
  }

  @Test
  void a_key_without_a_comment_is_named() {
    assertThatThrownBy(() -> ConfigurationTable.of("# A section.\na {\n# A key.\nb = 1\n\nc = 2 }"))
        .hasMessage("a.c has no comment above it");
  }

  @Test
  void a_row_has_the_value_as_one_writes_it_and_links() {
    String reference =
        """
        # Who may: `a` | `b`,
        # see docs/configuration.md#who-may and docs/errors.md.
        z = 30 seconds

        a {
          # Some. docs/errors.md#here
          y = [ "*" ]

          # None.
          x = ""

          # Nothing.
          w {}
        }
        """;
    assertThat(ConfigurationTable.of(reference))
        .isEqualTo(
            """
            | key | default | meaning |
            |---|---|---|
            | `z` | `30 seconds` | Who may: `a` \\| `b`, see [who may](#who-may) and [errors.md](errors.md). |
            | `a.y` | `["*"]` | Some. [errors.md](errors.md#here) |
            | `a.x` | `""` | None. |
            | `a.w` | `{}` | Nothing. |
            """);
  }

  private static String withTables(String document) throws IOException {
    Matcher table = TABLE.matcher(document);
    StringBuilder result = new StringBuilder();
    while (table.find()) {
      String keys = ConfigurationTable.of(Files.readString(ROOT.resolve(table.group(1))));
      String section =
          "<!-- keys of %s -->\n\n%s\n<!-- end of keys -->".formatted(table.group(1), keys);
      table.appendReplacement(result, Matcher.quoteReplacement(section));
    }
    return table.appendTail(result).toString();
  }

  private static int firstDifference(String document, String generated) {
    List<String> before = document.lines().toList();
    List<String> after = generated.lines().toList();
    int line = 0;
    while (line < Math.min(before.size(), after.size())
        && before.get(line).equals(after.get(line))) {
      line++;
    }
    return line + 1;
  }
}
