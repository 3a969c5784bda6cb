package io.github.jvbwhip.http;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@code reference.conf} as a table of Markdown: key, default, and as meaning the comment above
 * the key. {@code docs/other.md#part} in a comment becomes a link.
 */
final class ConfigurationTable {
  private static final Pattern LINK = Pattern.compile("docs/([a-z-]+\\.md)(#([a-z0-9-]+))?");
  private static final String HERE = "configuration.md";

  private record Key(String path, ConfigValue value) {
    String row() {
      return "| `%s` | `%s` | %s |".formatted(path, written(value), meaning().replace("|", "\\|"));
    }

    private String meaning() {
      String comment =
          value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
      if (comment.isBlank()) {
        throw new IllegalArgumentException(path + " has no comment above it");
      }
      return LINK.matcher(comment).replaceAll(ConfigurationTable::link);
    }
  }

  private ConfigurationTable() {}

  /**
   * The table of all keys, in the order of the file.
   *
   * @throws IllegalArgumentException when a key has no comment
   */
  static String of(String reference) {
    List<Key> keys = new ArrayList<>();
    collect(ConfigFactory.parseString(reference).root(), List.of(), keys);
    return keys.stream()
        .map(Key::row)
        .collect(Collectors.joining("\n", "| key | default | meaning |\n|---|---|---|\n", "\n"));
  }

  private static void collect(ConfigObject section, List<String> path, List<Key> keys) {
    section.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                (Map.Entry<String, ConfigValue> entry) -> entry.getValue().origin().lineNumber()))
        .forEach(
            entry -> {
              List<String> below = new ArrayList<>(path);
              below.add(entry.getKey());
              if (entry.getValue() instanceof ConfigObject object && !object.isEmpty()) {
                collect(object, below, keys);
              } else {
                keys.add(new Key(ConfigUtil.joinPath(below), entry.getValue()));
              }
            });
  }

  private static String written(ConfigValue value) {
    boolean text = value.valueType() == ConfigValueType.STRING && !value.unwrapped().equals("");
    return text ? (String) value.unwrapped() : value.render(ConfigRenderOptions.concise());
  }

  private static String link(MatchResult found) {
    String file = found.group(1);
    String part = found.group(2) == null ? "" : found.group(2);
    return file.equals(HERE) && !part.isEmpty()
        ? "[%s](%s)".formatted(found.group(3).replace('-', ' '), part)
        : "[%s](%s)".formatted(file, file + part);
  }
}
