package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.core.metrics.MetricsRegistry;
import io.github.jvbwhip.core.metrics.ProductMetric;
import io.github.jvbwhip.core.metrics.SessionMeters;
import java.util.List;
import org.jitsi.metrics.CounterMetric;
import org.jitsi.metrics.HistogramMetric;
import org.jitsi.metrics.LongGaugeMetric;
import org.jitsi.metrics.MetricsContainer;
import org.jitsi.videobridge.metrics.VideobridgeMetricsContainer;

/**
 * The plugin's metrics in the bridge's own registry. That is one for the process, and refuses a
 * name that it has: so this is one for the process too. Thread-safe.
 */
public final class JvbMetrics implements MetricsRegistry {
  private final MetricsContainer container;

  private JvbMetrics(MetricsContainer container) {
    this.container = container;
  }

  private static final class Holder {
    static final SessionMeters METERS =
        new SessionMeters(new JvbMetrics(VideobridgeMetricsContainer.getInstance()));
  }

  /** The process's meters; made, and shown by the bridge, when they are asked for first. */
  public static SessionMeters meters() {
    return Holder.METERS;
  }

  @Override
  public Counter counter(ProductMetric metric) {
    CounterMetric counter =
        container.registerCounter(metric.id(), metric.help(), 0, metric.labels());
    return (more, labels) -> counter.add(more, List.of(labels));
  }

  @Override
  public Gauge gauge(ProductMetric metric) {
    LongGaugeMetric gauge =
        container.registerLongGauge(metric.id(), metric.help(), 0, metric.labels());
    return (value, labels) -> gauge.set(value, List.of(labels));
  }

  @Override
  public Histogram histogram(ProductMetric metric) {
    HistogramMetric histogram =
        container.registerHistogram(metric.id(), metric.help(), metric.buckets());
    return new Histogram() {
      @Override
      public void observe(double value) {
        histogram.getHistogram().observe(value);
      }

      @Override
      public void replace(double[] values) {
        histogram.getHistogram().clear();
        for (double value : values) {
          histogram.getHistogram().observe(value);
        }
      }
    };
  }
}
