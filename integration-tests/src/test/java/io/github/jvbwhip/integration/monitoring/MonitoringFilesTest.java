package io.github.jvbwhip.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvbwhip.core.bridge.EndReason;
import io.github.jvbwhip.core.metrics.DropReason;
import io.github.jvbwhip.core.metrics.Exposition;
import io.github.jvbwhip.core.metrics.ProductMetric;
import io.github.jvbwhip.core.metrics.SessionMetrics;
import io.github.jvbwhip.http.problems.ProblemType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules are what Grafana and Prometheus read, and ask for what is. */
class MonitoringFilesTest {
  private static final Pattern SELECTOR = Pattern.compile("(jitsi_jvb_\\w+)\\{([^}]*)}");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "kind", Set.of("whip", "whep"),
          "state", words(SessionMetrics.State.values()).collect(Collectors.toSet()),
          "reason",
              Stream.of(words(DropReason.values()), words(EndReason.values()), Stream.of("closed"))
                  .flatMap(values -> values)
                  .collect(Collectors.toSet()),
          "outcome",
              Stream.concat(
                      Stream.of("created", "counter-offer", "redirected"),
                      Stream.of(ProblemType.values()).map(ProblemType::slug))
                  .collect(Collectors.toSet()));

  private static Stream<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void metrics_are_found_in_expressions() {
    assertThat(
            MonitoringFiles.metricNames(
                "sum by (kind, le) (rate(a_total{x=~\"b{c}|d\", y=\"z\"}[5m])) / on (job) e > 0.9"
                    + " and f or histogram_quantile(0.5, g_bucket)"))
        .containsExactly("a_total", "e", "f", "g_bucket");
  }

  @Test
  void the_dashboard_has_panels_with_places_and_questions_of_their_own() throws Exception {
    JsonNode dashboard = MonitoringFiles.dashboard();
    assertThat(dashboard.path("uid").asText()).isEqualTo("whip-whep");
    Set<Integer> ids = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).isTrue();
      assertThat(places.add(panel.path("gridPos").toString())).isTrue();
      boolean row = panel.path("type").asText().equals("row");
      assertThat(panel.path("targets").isEmpty()).isEqualTo(row);
      assertThat(panel.path("description").asText().isEmpty()).isEqualTo(row);
    }
    assertThat(ids).hasSizeGreaterThan(20);
  }

  @Test
  void each_alert_says_how_bad_it_is_and_what_to_do() throws Exception {
    List<JsonNode> rules = MonitoringFiles.alerts().findValues("rules");
    assertThat(rules).hasSize(1);
    Set<String> names = new HashSet<>();
    for (JsonNode rule : rules.get(0)) {
      String name = rule.path("alert").asText();
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(rule.path("expr").asText()).as(name).isNotBlank();
      assertThat(rule.path("for").asText()).as(name).matches("\\d+m");
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      assertThat(rule.at("/annotations/summary").asText()).as(name).contains("instance");
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
    }
    assertThat(names).hasSizeGreaterThan(8);
  }

  @Test
  void labels_and_their_values_are_those_of_the_metrics() throws Exception {
    int looked = 0;
    for (String expression : MonitoringFiles.expressions()) {
      for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
        if (Exposition.isDeclared(selector.group(1))) {
          looked += checkLabels(selector.group(1), selector.group(2));
        }
      }
    }
    assertThat(looked).isGreaterThan(50);
  }

  private static int checkLabels(String metric, String matchers) {
    int looked = 0;
    for (MatchResult matcher : MATCHER.matcher(matchers).results().toList()) {
      String label = matcher.group(1);
      looked++;
      if (OF_THE_SCRAPE.contains(label)) {
        continue;
      }
      assertThat(labels(metric)).as(metric).contains(label);
      for (String value : matcher.group(2).split("\\|")) {
        assertThat(VALUES.get(label)).as("%s of %s", label, metric).contains(value);
      }
    }
    return looked;
  }

  private static List<String> labels(String metric) {
    return Stream.of(ProductMetric.values())
        .filter(each -> metric.startsWith(each.fullName()))
        .flatMap(each -> each.labels().stream())
        .toList();
  }

  @Test
  void what_is_declared_is_shown() throws Exception {
    Set<String> asked = MonitoringFiles.metricNames();
    for (ProductMetric metric : ProductMetric.values()) {
      assertThat(asked).anyMatch(name -> name.startsWith(metric.fullName()));
    }
  }
}
