package io.github.jvbwhip.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvbwhip.core.bridge.EndReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md has each metric as it is declared, and each value of its labels. */
class MetricsDocsTest {
  private static final Path DOCS = Path.of("../docs/metrics.md");
  private static final Pattern METRIC_ROW = Pattern.compile("\\| `jitsi_jvb_.*");
  private static final Pattern REASON_ROW = Pattern.compile("\\| `([a-z_]+)` \\|.*");

  @Test
  void each_metric_has_its_row() throws IOException {
    List<String> rows =
        lines().filter(line -> METRIC_ROW.matcher(line).matches()).collect(Collectors.toList());
    assertThat(rows).containsExactly(declared());
  }

  private static String[] declared() {
    return Stream.of(ProductMetric.values()).map(MetricsDocsTest::row).toArray(String[]::new);
  }

  private static String row(ProductMetric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s| %s |"
        .formatted(
            metric.fullName(),
            metric.type().name().toLowerCase(Locale.ROOT),
            labels.isEmpty() ? "" : labels + " ",
            metric.help());
  }

  @Test
  void each_reason_has_its_row() throws IOException {
    List<String> reasons = new ArrayList<>();
    Stream.of(DropReason.values())
        .forEach(reason -> reasons.add(SessionMeters.label(reason.name())));
    reasons.add("closed");
    Stream.of(EndReason.values())
        .forEach(reason -> reasons.add(SessionMeters.label(reason.name())));

    assertThat(
            lines()
                .map(REASON_ROW::matcher)
                .filter(row -> row.matches() && !row.group(1).startsWith("jitsi_"))
                .map(row -> row.group(1)))
        .containsExactlyElementsOf(reasons);
  }

  private static Stream<String> lines() throws IOException {
    return Files.readAllLines(DOCS).stream();
  }
}
