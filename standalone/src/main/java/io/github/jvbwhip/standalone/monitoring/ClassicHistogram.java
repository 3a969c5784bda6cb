package io.github.jvbwhip.standalone.monitoring;

import io.github.jvbwhip.core.metrics.MetricsRegistry;
import io.github.jvbwhip.core.metrics.ProductMetric;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;

/**
 * A histogram with fixed bounds, whose values can be replaced all at once. Prometheus' own has a
 * thread, and keeps what is cleared for a day. Thread-safe.
 */
final class ClassicHistogram implements MetricsRegistry.Histogram, Collector {
  private final String name;
  private final String help;
  private final double[] bounds;
  private final long[] counts;
  private double sum;

  ClassicHistogram(String name, ProductMetric metric) {
    this.name = name;
    help = metric.help();
    double[] finite = metric.buckets();
    bounds = Arrays.copyOf(finite, finite.length + 1);
    bounds[finite.length] = Double.POSITIVE_INFINITY;
    counts = new long[bounds.length];
  }

  @Override
  public synchronized void observe(double value) {
    int bucket = 0;
    while (value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += value;
  }

  @Override
  public synchronized void replace(double[] values) {
    Arrays.fill(counts, 0);
    sum = 0;
    for (double value : values) {
      observe(value);
    }
  }

  @Override
  public String getPrometheusName() {
    return name;
  }

  @Override
  public synchronized MetricSnapshot collect() {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < bounds.length; i++) {
      buckets.bucket(bounds[i], counts[i]);
    }
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sum)
                .build())
        .build();
  }
}
