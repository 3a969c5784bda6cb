package io.github.jvbwhip.core.metrics;

/**
 * Where metrics live until somebody collects them: one of Jitsi Videobridge's, or one of this
 * process. All that it makes is thread-safe.
 */
public interface MetricsRegistry {

  /** A number that only grows. */
  @FunctionalInterface
  interface Counter {
    /**
     * Adds to it.
     *
     * @param labels values, in the order in which the metric declares their names
     */
    void add(long more, String... labels);
  }

  /** A number that goes up and down. */
  @FunctionalInterface
  interface Gauge {
    /** Sets it; for the labels see {@link Counter#add}. */
    void set(long value, String... labels);
  }

  /** How values are distributed. */
  interface Histogram {
    /** One more value. */
    void observe(double value);

    /** These values, and no others; whoever collects meanwhile may see some of them. */
    void replace(double[] values);
  }

  /** Makes the counter of that metric, which has not been made yet. */
  Counter counter(ProductMetric metric);

  /** Makes the gauge of that metric, which has not been made yet. */
  Gauge gauge(ProductMetric metric);

  /** Makes the histogram of that metric, which has not been made yet. */
  Histogram histogram(ProductMetric metric);
}
