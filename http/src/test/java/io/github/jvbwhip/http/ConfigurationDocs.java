package io.github.jvbwhip.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys and defaults that docs/configuration.md and a reference.conf have. */
public final class ConfigurationDocs {
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z.-]+)` \\| `([^`]*)` \\|.+\\|$");

  private ConfigurationDocs() {}

  /** What docs/configuration.md says of the keys below that path. */
  public static Map<String, String> documented(String path) throws IOException {
    Map<String, String> result = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/configuration.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && row.group(1).startsWith(path + ".")) {
        result.put(row.group(1), row.group(2));
      }
    }
    return result;
  }

  /** The keys below that path, with their values as they are written. */
  public static Map<String, String> of(Config config, String path) {
    Map<String, String> result = new TreeMap<>();
    collect(config.getConfig(path).root(), path, result);
    return result;
  }

  private static void collect(ConfigObject object, String path, Map<String, String> result) {
    object.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject section && !section.isEmpty()) {
            collect(section, path + "." + key, result);
          } else {
            String written = value.render(ConfigRenderOptions.concise());
            result.put(path + "." + key, written.replace("\"", ""));
          }
        });
  }
}
