package io.github.jvbwhip.standalone.monitoring;

import io.github.jvbwhip.core.metrics.MetricsRegistry;
import io.github.jvbwhip.core.metrics.ProductMetric;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A registry of Prometheus' library, with Java's and the process' own metrics. Thread-safe. */
public final class PrometheusMetrics implements MetricsRegistry {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  /** A registry with Java's metrics alone: those that are looked up, and listen to nothing. */
  public PrometheusMetrics() {
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
  }

  private static String name(ProductMetric metric) {
    return ProductMetric.PREFIX + metric.id();
  }

  @Override
  public Counter counter(ProductMetric metric) {
    var counter =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name(name(metric))
            .help(metric.help())
            .withoutExemplars() // They would need traces, and have a thread.
            .labelNames(metric.labels().toArray(String[]::new))
            .register(registry);
    return (more, labels) -> counter.labelValues(labels).inc(more);
  }

  @Override
  public Gauge gauge(ProductMetric metric) {
    var gauge =
        io.prometheus.metrics.core.metrics.Gauge.builder()
            .name(name(metric))
            .help(metric.help())
            .withoutExemplars()
            .labelNames(metric.labels().toArray(String[]::new))
            .register(registry);
    return (value, labels) -> gauge.labelValues(labels).set(value);
  }

  @Override
  public Histogram histogram(ProductMetric metric) {
    ClassicHistogram histogram = new ClassicHistogram(name(metric), metric);
    registry.register(histogram);
    return histogram;
  }

  /**
   * All metrics as they are now.
   *
   * @param type how they are written: a media type
   */
  record Text(String type, byte[] content) {}

  /**
   * Writes all metrics in the format that a collector prefers: OpenMetrics, or that of Prometheus.
   *
   * @param accept its field {@code Accept}; null where it has none
   */
  Text write(@Nullable String accept) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry.scrape());
    return new Text(writer.getContentType(), out.toByteArray());
  }
}
