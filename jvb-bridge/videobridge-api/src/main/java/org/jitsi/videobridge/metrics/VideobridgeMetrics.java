package org.jitsi.videobridge.metrics;

import org.jitsi.metrics.DoubleGaugeMetric;

/** The bridge's own metrics. */
public final class VideobridgeMetrics {

  /** Between 0 and 1; 1 and more is overload. */
  public static final DoubleGaugeMetric stressLevel = null;

  private VideobridgeMetrics() {}
}
