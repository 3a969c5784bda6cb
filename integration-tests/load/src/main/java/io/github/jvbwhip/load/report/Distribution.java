package io.github.jvbwhip.load.report;

/**
 * Median, 95th and 99th percentile, and maximum in milliseconds.
 *
 * @param count of how many values
 */
public record Distribution(long count, double medianMs, double p95Ms, double p99Ms, double maxMs) {
  private static final double MICROS_PER_MILLI = 1000;

  /** Of a histogram of microseconds. */
  public static Distribution ofMicros(Histogram histogram) {
    return new Distribution(
        histogram.count(),
        histogram.quantile(0.5) / MICROS_PER_MILLI,
        histogram.quantile(0.95) / MICROS_PER_MILLI,
        histogram.quantile(0.99) / MICROS_PER_MILLI,
        histogram.max() / MICROS_PER_MILLI);
  }
}
