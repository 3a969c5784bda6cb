package io.github.jvbwhip.core.metrics;

/** What {@link SessionMeters} has of a cluster. Thread-safe. */
final class ClusterMeters implements ClusterMetrics {
  private final MetricsRegistry.Gauge members;
  private final MetricsRegistry.Gauge links;
  private final MetricsRegistry.Gauge depth;
  private final MetricsRegistry.Gauge viewers;
  private final MetricsRegistry.Gauge roundTrip;
  private final MetricsRegistry.Counter failures;

  ClusterMeters(MetricsRegistry registry) {
    members = registry.gauge(ProductMetric.CLUSTER_MEMBERS);
    links = registry.gauge(ProductMetric.CLUSTER_LINKS);
    depth = registry.gauge(ProductMetric.CLUSTER_DEPTH);
    viewers = registry.gauge(ProductMetric.CLUSTER_VIEWERS);
    roundTrip = registry.gauge(ProductMetric.CLUSTER_ROUND_TRIP);
    failures = registry.counter(ProductMetric.CLUSTER_HEARTBEATS_FAILED);
    failures.add(0);
    members(0, 0);
    links(0, 0);
  }

  @Override
  public void members(int healthy, int dead) {
    members.set(healthy, "healthy");
    members.set(dead, "dead");
  }

  @Override
  public void links(int up, int down) {
    links.set(up, "up");
    links.set(down, "down");
  }

  @Override
  public void depth(int most) {
    depth.set(most);
  }

  @Override
  public void viewersBelow(long all) {
    viewers.set(all);
  }

  @Override
  public void roundTrip(long micros) {
    roundTrip.set(micros);
  }

  @Override
  public void heartbeatFailed() {
    failures.add(1);
  }
}
