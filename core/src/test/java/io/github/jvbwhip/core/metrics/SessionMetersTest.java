package io.github.jvbwhip.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics make of what they are told. */
class SessionMetersTest {
  private final Written written = new Written();
  private final SessionMeters meters = new SessionMeters(written);

  @BeforeEach
  void forgetTheBeginning() {
    written.lines.clear();
  }

  /** Writes down what it is told. */
  private static final class Written implements MetricsRegistry {
    final List<String> lines = new ArrayList<>();
    final Set<ProductMetric> made = EnumSet.noneOf(ProductMetric.class);

    private void make(ProductMetric metric, ProductMetric.Type type) {
      assertThat(metric.type()).isEqualTo(type);
      assertThat(made.add(metric)).as(metric.id()).isTrue();
    }

    private void write(ProductMetric metric, Object value, String... labels) {
      assertThat(labels).as(metric.id()).hasSameSizeAs(metric.labels());
      lines.add(metric + Arrays.toString(labels) + " " + value);
    }

    @Override
    public Counter counter(ProductMetric metric) {
      make(metric, ProductMetric.Type.COUNTER);
      return (more, labels) -> write(metric, more, labels);
    }

    @Override
    public Gauge gauge(ProductMetric metric) {
      make(metric, ProductMetric.Type.GAUGE);
      return (value, labels) -> write(metric, value, labels);
    }

    @Override
    public Histogram histogram(ProductMetric metric) {
      make(metric, ProductMetric.Type.HISTOGRAM);
      return new Histogram() {
        @Override
        public void observe(double value) {
          write(metric, value);
        }

        @Override
        public void replace(double[] values) {
          write(metric, Arrays.toString(values));
        }
      };
    }
  }

  @Test
  void all_metrics_are_made_and_counters_begin_at_zero() {
    Written begun = new Written();
    var unused = new SessionMeters(begun);
    assertThat(begun.made).containsExactlyInAnyOrder(ProductMetric.values());
    assertThat(begun.lines)
        .contains(
            "POSTS[whip, created] 0",
            "OPENED[whep] 0",
            "REWRITTEN[whip] 0",
            "ENDED[whep, closed] 0",
            "ENDED[whip, dtls_failed] 0",
            "DROPPED[whep, before_keyframe] 0")
        .allMatch(line -> line.endsWith(" 0"));
  }

  @Test
  void a_session_is_told_by_its_steps() {
    meters.opened(SessionMetrics.Kind.WHEP, 20_000_000);
    meters.connected(1_500_000_000);
    meters.ended(SessionMetrics.Kind.WHEP, "ICE_FAILED");
    meters.learnt(30_000_000);

    assertThat(written.lines)
        .containsExactly(
            "OPENED[whep] 1",
            "ALLOCATION[] 0.02",
            "CONNECTING[] 1.5",
            "ENDED[whep, ice_failed] 1",
            "LEARNING[] 0.03");
  }

  @Test
  void answers_are_timed_where_there_is_a_session() {
    meters.posted(SessionMetrics.Kind.WHIP, "created", 5_000_000);
    meters.posted(SessionMetrics.Kind.WHEP, "created", 6_000_000);
    meters.posted(SessionMetrics.Kind.WHEP, "not-found", 7_000_000);

    assertThat(written.lines)
        .containsExactly(
            "POSTS[whip, created] 1",
            "PUBLISHER_ANSWERS[] 0.005",
            "POSTS[whep, created] 1",
            "PLAYER_ANSWERS[] 0.006",
            "POSTS[whep, not-found] 1");
  }

  @Test
  void of_packets_only_what_there_is_is_told() {
    meters.packets(SessionMetrics.Kind.WHIP, PacketTotals.NONE);
    assertThat(written.lines).isEmpty();

    meters.packets(SessionMetrics.Kind.WHIP, new PacketTotals(7, Map.of(DropReason.LATE, 2L)));
    assertThat(written.lines).containsExactly("REWRITTEN[whip] 7", "DROPPED[whip, late] 2");
  }

  @Test
  void a_census_tells_also_of_what_there_is_none_of() {
    SessionCensus census = new SessionCensus();
    census.add(SessionMetrics.Kind.WHEP, SessionMetrics.State.CONNECTED);
    census.add(SessionMetrics.Kind.WHEP, SessionMetrics.State.CONNECTED);
    census.tell(meters);

    assertThat(written.lines)
        .containsExactly(
            "SESSIONS[whip, offered] 0",
            "SESSIONS[whip, connecting] 0",
            "SESSIONS[whip, connected] 0",
            "SESSIONS[whep, offered] 0",
            "SESSIONS[whep, connecting] 0",
            "SESSIONS[whep, connected] 2");
  }

  @Test
  void audiences_and_limits_are_as_they_are_now() {
    meters.audiences(new int[] {3, 0, 12});
    meters.audiences(new int[0]);
    meters.limit(SessionMetrics.Kind.WHIP, 100);
    meters.accepting(true);
    meters.accepting(false);

    assertThat(written.lines)
        .containsExactly(
            "AUDIENCES[] [3.0, 0.0, 12.0]",
            "LARGEST_AUDIENCE[] 12",
            "AUDIENCES[] []",
            "LARGEST_AUDIENCE[] 0",
            "LIMIT[whip] 100",
            "ACCEPTING[] 1",
            "ACCEPTING[] 0");
  }

  @Test
  void a_counter_of_packets_tells_what_has_come_since() {
    PacketCounter counter = new PacketCounter();
    counter.rewritten();
    counter.dropped(DropReason.STRAY);
    PacketTotals before = counter.totals();
    counter.rewritten();
    counter.dropped(DropReason.LATE);

    assertThat(counter.totals().since(before))
        .isEqualTo(new PacketTotals(1, Map.of(DropReason.LATE, 1L)));
  }
}
