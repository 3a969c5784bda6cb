package io.github.jvbwhip.jvb.videobridge;

import io.github.jvbwhip.http.runtime.PostListener;
import io.github.jvbwhip.jvb.host.SessionMetrics;
import io.github.jvbwhip.jvb.media.PacketTotals;
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
public final class JvbMetrics implements SessionMetrics {
  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10};
  private static final double[] AUDIENCES = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500};

  private final LongGaugeMetric sessions;
  private final LongGaugeMetric largestAudience;
  private final HistogramMetric audiences;
  private final CounterMetric posts;
  private final CounterMetric opened;
  private final CounterMetric ended;
  private final CounterMetric rewritten;
  private final CounterMetric dropped;
  private final HistogramMetric publisherAnswers;
  private final HistogramMetric playerAnswers;
  private final HistogramMetric allocation;
  private final HistogramMetric connecting;
  private final HistogramMetric learning;

  private JvbMetrics(MetricsContainer registry) {
    sessions =
        registry.registerLongGauge(
            "whip_whep_sessions",
            "Sessions now: offered (the server's offer waits for its answer), connecting (ICE and"
                + " DTLS are not up yet), connected.",
            0,
            List.of("kind", "state"));
    largestAudience =
        registry.registerLongGauge(
            "whep_players_of_largest_room", "Connected players of the room that has the most.");
    audiences =
        registry.registerHistogram(
            "whep_players_of_rooms", "The rooms now, by their connected players.", AUDIENCES);
    posts =
        registry.registerCounter(
            "whip_whep_posts",
            "POSTs to endpoints, by their outcome: created, counter-offer, redirected, or the type"
                + " of the problem.",
            0,
            List.of("kind", "outcome"));
    opened =
        registry.registerCounter(
            "whip_whep_sessions_opened", "Endpoints that were allocated.", 0, List.of("kind"));
    ended =
        registry.registerCounter(
            "whip_whep_sessions_ended", "Endpoints that have ended.", 0, List.of("kind", "reason"));
    rewritten =
        registry.registerCounter(
            "whip_whep_packets_rewritten",
            "RTP packets whose numbers became those of the conference, or of the player.",
            0,
            List.of("kind"));
    dropped =
        registry.registerCounter(
            "whip_whep_packets_dropped",
            "RTP packets of publishers, or for players, that went no further.",
            0,
            List.of("kind", "reason"));
    publisherAnswers =
        registry.registerHistogram(
            "whip_answer_seconds", "From a publisher's POST until its 201 was made.", SECONDS);
    playerAnswers =
        registry.registerHistogram(
            "whep_answer_seconds", "From a player's POST until its 201 was made.", SECONDS);
    allocation =
        registry.registerHistogram(
            "whip_whep_allocation_seconds",
            "How long the bridge took to allocate an endpoint.",
            SECONDS);
    connecting =
        registry.registerHistogram(
            "whip_whep_connect_seconds",
            "From an endpoint's allocation until its ICE and DTLS were up.",
            SECONDS);
    learning =
        registry.registerHistogram(
            "whip_ssrc_learning_seconds",
            "From the first packet of an SSRC that was not signalled until the bridge knew it.",
            SECONDS);
  }

  private static final class Holder {
    static final JvbMetrics INSTANCE = new JvbMetrics(VideobridgeMetricsContainer.getInstance());
  }

  static JvbMetrics get() {
    return Holder.INSTANCE;
  }

  private static String label(Enum<?> value) {
    return label(value.name());
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** What tells the bridge's metrics how POSTs were answered. */
  public static PostListener postListener() {
    return (protocol, outcome, nanos) ->
        get().posted(Kind.valueOf(protocol.name()), outcome, nanos);
  }

  /** A POST was answered so long after it came. */
  private void posted(Kind kind, String outcome, long nanos) {
    posts.inc(List.of(label(kind), outcome));
    if (outcome.equals("created")) {
      HistogramMetric answers = kind == Kind.WHIP ? publisherAnswers : playerAnswers;
      answers.getHistogram().observe(nanos / NANOS);
    }
  }

  @Override
  public void opened(Kind kind, long nanos) {
    opened.inc(List.of(label(kind)));
    allocation.getHistogram().observe(nanos / NANOS);
  }

  @Override
  public void connected(long nanos) {
    connecting.getHistogram().observe(nanos / NANOS);
  }

  @Override
  public void ended(Kind kind, String reason) {
    ended.inc(List.of(label(kind), label(reason)));
  }

  @Override
  public void learnt(long nanos) {
    learning.getHistogram().observe(nanos / NANOS);
  }

  @Override
  public void sessions(Kind kind, State state, long count) {
    sessions.set(count, List.of(label(kind), label(state)));
  }

  @Override
  public void audiences(int[] players) {
    int largest = 0;
    audiences.getHistogram().clear();
    for (int audience : players) {
      largest = Math.max(largest, audience);
      audiences.getHistogram().observe(audience);
    }
    largestAudience.set(largest);
  }

  @Override
  public void packets(Kind kind, PacketTotals fresh) {
    if (fresh.rewritten() > 0) {
      rewritten.add(fresh.rewritten(), List.of(label(kind)));
    }
    fresh
        .dropped()
        .forEach(
            (reason, packets) -> {
              if (packets > 0) {
                dropped.add(packets, List.of(label(kind), label(reason)));
              }
            });
  }
}
