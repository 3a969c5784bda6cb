package org.jitsi.videobridge.metrics;

import org.jitsi.metrics.MetricsContainer;

/** The bridge's metrics registry. */
public final class VideobridgeMetricsContainer extends MetricsContainer {

  private VideobridgeMetricsContainer() {}

  public static native VideobridgeMetricsContainer getInstance();
}
