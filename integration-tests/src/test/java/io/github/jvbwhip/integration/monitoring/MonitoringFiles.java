package io.github.jvbwhip.integration.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboard and the alert rules of docs/monitoring, and what they ask Prometheus for. */
final class MonitoringFiles {
  private static final Path DIRECTORY = Path.of("../docs/monitoring");
  private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern MATCHERS_AND_RANGES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
  private static final Pattern LABEL_LISTS = Pattern.compile("\\b(?:by|on)\\s*\\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*\\b(?!\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or");

  /** Of Prometheus itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private MonitoringFiles() {}

  static JsonNode dashboard() throws IOException {
    return JsonMapper.builder().build().readTree(file("grafana-dashboard.json"));
  }

  static JsonNode alerts() throws IOException {
    return new YAMLMapper().readTree(file("alerts.yml"));
  }

  private static File file(String name) {
    return DIRECTORY.resolve(name).toFile();
  }

  /** All expressions of both. */
  static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode root : List.of(dashboard(), alerts())) {
      all.addAll(root.findValuesAsText("expr"));
    }
    return all;
  }

  /** The names of all metrics that the expressions ask the product for. */
  static Set<String> metricNames() throws IOException {
    Set<String> names = new TreeSet<>();
    expressions().forEach(expression -> metricNames(expression).forEach(names::add));
    names.removeAll(OF_PROMETHEUS);
    return names;
  }

  static Stream<String> metricNames(String expression) {
    String bare = TEXT.matcher(expression).replaceAll("");
    bare = MATCHERS_AND_RANGES.matcher(bare).replaceAll(" ");
    bare = LABEL_LISTS.matcher(bare).replaceAll(" ");
    return NAME.matcher(bare)
        .results()
        .map(match -> match.group())
        .filter(name -> !OPERATORS.contains(name));
  }
}
