package io.github.jvbwhip.core.metrics;

import io.github.jvbwhip.core.bridge.EndReason;
import java.util.Arrays;
import java.util.Locale;

/**
 * The product's metrics in a registry, the same ones whichever that is. One for a registry, which
 * takes no metric twice. Thread-safe.
 */
public final class SessionMeters implements SessionMetrics {
  private static final double NANOS = 1e9;
  private static final String CREATED = "created";
  private static final String CLOSED = "closed";

  private final MetricsRegistry.Gauge sessions;
  private final MetricsRegistry.Gauge limits;
  private final MetricsRegistry.Gauge accepting;
  private final MetricsRegistry.Gauge largestAudience;
  private final MetricsRegistry.Histogram audiences;
  private final MetricsRegistry.Counter posts;
  private final MetricsRegistry.Counter opened;
  private final MetricsRegistry.Counter ended;
  private final MetricsRegistry.Counter rewritten;
  private final MetricsRegistry.Counter dropped;
  private final MetricsRegistry.Histogram publisherAnswers;
  private final MetricsRegistry.Histogram playerAnswers;
  private final MetricsRegistry.Histogram allocation;
  private final MetricsRegistry.Histogram connecting;
  private final MetricsRegistry.Histogram learning;
  private final ClusterMeters cluster;

  /**
   * Makes all of {@link ProductMetric}.
   *
   * @param registry has none of them yet
   */
  public SessionMeters(MetricsRegistry registry) {
    sessions = registry.gauge(ProductMetric.SESSIONS);
    limits = registry.gauge(ProductMetric.LIMIT);
    accepting = registry.gauge(ProductMetric.ACCEPTING);
    largestAudience = registry.gauge(ProductMetric.LARGEST_AUDIENCE);
    audiences = registry.histogram(ProductMetric.AUDIENCES);
    posts = registry.counter(ProductMetric.POSTS);
    opened = registry.counter(ProductMetric.OPENED);
    ended = registry.counter(ProductMetric.ENDED);
    rewritten = registry.counter(ProductMetric.REWRITTEN);
    dropped = registry.counter(ProductMetric.DROPPED);
    publisherAnswers = registry.histogram(ProductMetric.PUBLISHER_ANSWERS);
    playerAnswers = registry.histogram(ProductMetric.PLAYER_ANSWERS);
    allocation = registry.histogram(ProductMetric.ALLOCATION);
    connecting = registry.histogram(ProductMetric.CONNECTING);
    learning = registry.histogram(ProductMetric.LEARNING);
    cluster = new ClusterMeters(registry);
    for (Kind kind : Kind.values()) {
      begin(label(kind));
    }
  }

  /** Where a series begins with its first event, nobody sees that as a change. */
  private void begin(String kind) {
    posts.add(0, kind, CREATED);
    opened.add(0, kind);
    rewritten.add(0, kind);
    ended.add(0, kind, CLOSED);
    for (EndReason reason : EndReason.values()) {
      ended.add(0, kind, label(reason));
    }
    for (DropReason reason : DropReason.values()) {
      dropped.add(0, kind, label(reason));
    }
  }

  /** How a kind, a state or a reason is written as a label's value. */
  static String label(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String label(Enum<?> value) {
    return label(value.name());
  }

  /**
   * A POST was answered so long after it came.
   *
   * @param outcome {@code created} where it got a session
   */
  public void posted(Kind kind, String outcome, long nanos) {
    posts.add(1, label(kind), outcome);
    if (outcome.equals(CREATED)) {
      (kind == Kind.WHIP ? publisherAnswers : playerAnswers).observe(nanos / NANOS);
    }
  }

  /** What a cluster has there. */
  public ClusterMetrics cluster() {
    return cluster;
  }

  /** How many sessions of a kind there may be. */
  public void limit(Kind kind, long most) {
    limits.set(most, label(kind));
  }

  @Override
  public void opened(Kind kind, long nanos) {
    opened.add(1, label(kind));
    allocation.observe(nanos / NANOS);
  }

  @Override
  public void connected(long nanos) {
    connecting.observe(nanos / NANOS);
  }

  @Override
  public void ended(Kind kind, String reason) {
    ended.add(1, label(kind), label(reason));
  }

  @Override
  public void learnt(long nanos) {
    learning.observe(nanos / NANOS);
  }

  @Override
  public void sessions(Kind kind, State state, long count) {
    sessions.set(count, label(kind), label(state));
  }

  @Override
  public void audiences(int[] players) {
    audiences.replace(Arrays.stream(players).asDoubleStream().toArray());
    largestAudience.set(Arrays.stream(players).max().orElse(0));
  }

  @Override
  public void packets(Kind kind, PacketTotals fresh) {
    if (fresh.rewritten() > 0) {
      rewritten.add(fresh.rewritten(), label(kind));
    }
    fresh
        .dropped()
        .forEach(
            (reason, packets) -> {
              if (packets > 0) {
                dropped.add(packets, label(kind), label(reason));
              }
            });
  }

  @Override
  public void accepting(boolean now) {
    accepting.set(now ? 1 : 0);
  }
}
