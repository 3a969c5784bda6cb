package io.github.jvbwhip.jvb;

import java.util.List;
import java.util.Locale;
import org.jitsi.metrics.CounterMetric;
import org.jitsi.metrics.HistogramMetric;
import org.jitsi.metrics.LongGaugeMetric;
import org.jitsi.metrics.MetricsContainer;
import org.jitsi.videobridge.metrics.VideobridgeMetricsContainer;

/**
 * The plugin's metrics in the bridge's own registry. That is one for the process, and refuses a
 * name that it has: so this is one for the process too. Thread-safe.
 */
final class JvbMetrics {
  /** The two kinds of sessions, as label values. */
  enum Kind {
    WHIP,
    WHEP;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private static final List<String> KIND = List.of("kind");
  private static final List<String> KIND_AND_REASON = List.of("kind", "reason");
  private static final double NANOS = 1e9;

  private final LongGaugeMetric sessions;
  private final LongGaugeMetric connected;
  private final LongGaugeMetric largestAudience;
  private final CounterMetric opened;
  private final CounterMetric refused;
  private final CounterMetric ended;
  private final CounterMetric forwarded;
  private final CounterMetric dropped;
  private final HistogramMetric allocation;
  private final HistogramMetric learning;

  private JvbMetrics(MetricsContainer registry) {
    sessions =
        registry.registerLongGauge("whip_whep_sessions", "Sessions that are open now.", 0, KIND);
    connected =
        registry.registerLongGauge(
            "whip_whep_sessions_connected", "Sessions whose ICE and DTLS are up.", 0, KIND);
    largestAudience =
        registry.registerLongGauge(
            "whep_players_of_largest_room", "Connected players of the room that has the most.");
    opened =
        registry.registerCounter(
            "whip_whep_sessions_opened", "Endpoints that were allocated.", 0, KIND);
    refused =
        registry.registerCounter(
            "whip_whep_sessions_refused", "Endpoints that were refused.", 0, KIND_AND_REASON);
    ended =
        registry.registerCounter(
            "whip_whep_sessions_ended", "Endpoints that have ended.", 0, KIND_AND_REASON);
    forwarded =
        registry.registerCounter("whep_packets_rewritten", "RTP packets rewritten for players.");
    dropped =
        registry.registerCounter(
            "whip_whep_packets_dropped",
            "RTP packets dropped: of a publisher, with a payload type that was not negotiated; of a"
                + " player, because they are not what it is shown.",
            0,
            KIND);
    allocation =
        registry.registerHistogram(
            "whip_whep_allocation_seconds",
            "How long the bridge took to allocate an endpoint.",
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.5,
            1,
            2);
    learning =
        registry.registerHistogram(
            "whip_ssrc_learning_seconds",
            "From the first packet of an SSRC that was not signalled until the bridge knew it.",
            0.1,
            0.3,
            0.5,
            1,
            1.5,
            2);
  }

  private static final class Holder {
    static final JvbMetrics INSTANCE = new JvbMetrics(VideobridgeMetricsContainer.getInstance());
  }

  static JvbMetrics get() {
    return Holder.INSTANCE;
  }

  void opened(Kind kind, long nanos) {
    opened.inc(List.of(kind.label));
    allocation.getHistogram().observe(nanos / NANOS);
  }

  void refused(Kind kind, Enum<?> reason) {
    refused.inc(List.of(kind.label, reason.name().toLowerCase(Locale.ROOT)));
  }

  void ended(Kind kind, String reason) {
    ended.inc(List.of(kind.label, reason.toLowerCase(Locale.ROOT)));
  }

  void learnt(long nanos) {
    learning.getHistogram().observe(nanos / NANOS);
  }

  /** What there is now. */
  void sessions(Kind kind, long open, long up) {
    sessions.set(open, List.of(kind.label));
    connected.set(up, List.of(kind.label));
  }

  void largestAudience(long players) {
    largestAudience.set(players);
  }

  /** Packets since the call before. */
  void packets(Kind kind, long newlyForwarded, long newlyDropped) {
    if (newlyForwarded > 0) {
      forwarded.add(newlyForwarded);
    }
    if (newlyDropped > 0) {
      dropped.add(newlyDropped, List.of(kind.label));
    }
  }
}
