package io.github.jvbwhip.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server tells of its metrics, in Prometheus' text format or in OpenMetrics. */
public final class Exposition {
  private static final String END_OF_OPEN_METRICS = "# EOF";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE|UNIT) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\",?");
  private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(bucket|sum|count|created)$");

  private final Map<String, String> types = new TreeMap<>();
  private final Map<String, String> helps = new TreeMap<>();
  private final Map<String, Double> samples = new TreeMap<>();
  private final Map<String, Set<String>> labels = new TreeMap<>();

  private boolean openMetrics;

  /** Reads all lines; one that is none of the format is an error. */
  public Exposition(String text) {
    for (String line : text.split("\n")) {
      if (line.equals(END_OF_OPEN_METRICS)) {
        openMetrics = true;
        break;
      }
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        switch (comment.group(1)) {
          case "TYPE" -> types.put(comment.group(2), comment.group(3));
          case "HELP" -> helps.put(comment.group(2), comment.group(3));
          default -> assertThat(comment.group(2)).endsWith(comment.group(3));
        }
      } else {
        assertThat(sample.matches()).as(line).isTrue();
        samples.put(line.substring(0, sample.start(3) - 1), Double.valueOf(sample.group(3)));
        labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
        if (sample.group(2) != null) {
          LABEL
              .matcher(sample.group(2))
              .results()
              .forEach(label -> labels.get(sample.group(1)).add(label.group(1)));
        }
      }
    }
  }

  /** A sample, or 0: with labels that nobody has used yet there is none. */
  public double value(String nameAndLabels, Object... values) {
    return samples.getOrDefault(ProductMetric.PREFIX + nameAndLabels.formatted(values), 0.0);
  }

  /** The names of all samples. */
  public Set<String> names() {
    return labels.keySet();
  }

  /** Checks that all the product's metrics are there, as they are declared, and no others. */
  public void assertHasProductMetrics() {
    for (ProductMetric metric : ProductMetric.values()) {
      String name = metric.fullName();
      // In OpenMetrics a counter's family has the name without _total.
      String family = openMetrics ? ProductMetric.PREFIX + metric.id() : name;
      String type = metric.type().name().toLowerCase(Locale.ROOT);
      assertThat(types).as(name).containsEntry(family, type);
      assertThat(helps).as(name).containsEntry(family, metric.help());
      String sample = metric.type() == ProductMetric.Type.HISTOGRAM ? name + "_count" : name;
      assertThat(labels).as(name).containsKey(sample);
      assertThat(labels.get(sample)).as(name).containsExactlyInAnyOrderElementsOf(metric.labels());
    }
    assertThat(names().stream().filter(name -> name.matches(".*_(whip|whep)_.*")))
        .allMatch(Exposition::isDeclared);
  }

  /** Whether it is the name of a sample of the product's metrics. */
  public static boolean isDeclared(String name) {
    for (ProductMetric metric : ProductMetric.values()) {
      String family = PART_OF_HISTOGRAM.matcher(name).replaceFirst("");
      boolean histogram = metric.type() == ProductMetric.Type.HISTOGRAM;
      if (name.equals(metric.fullName())
          || histogram && family.equals(metric.fullName())
          || name.equals(ProductMetric.PREFIX + metric.id() + "_created")) {
        return true;
      }
    }
    return false;
  }
}
