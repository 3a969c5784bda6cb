package io.github.jvbwhip.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void has_nothing_to_say_at_first() {
    assertThat(histogram.count()).isZero();
    assertThat(histogram.quantile(0.5)).isZero();
    assertThat(histogram.max()).isZero();
  }

  @Test
  void small_values_are_exact() {
    for (int i = 1; i <= 100; i++) {
      histogram.record(i);
    }
    assertThat(histogram.quantile(0.5)).isEqualTo(50);
    assertThat(histogram.quantile(0.95)).isEqualTo(95);
    assertThat(histogram.quantile(1)).isEqualTo(100);
    assertThat(histogram.max()).isEqualTo(100);
  }

  @Test
  void large_values_are_right_to_a_few_percent() {
    Random random = new Random(1);
    long[] values = random.longs(10_001, 0, 1L << 40).sorted().toArray();
    Arrays.stream(values).forEach(histogram::record);
    for (double part : new double[] {0.01, 0.5, 0.95, 0.999}) {
      long exact = values[(int) Math.ceil(part * values.length) - 1];
      assertThat((double) histogram.quantile(part)).isCloseTo(exact, within(0.016 * exact));
    }
    assertThat(histogram.max()).isEqualTo(values[10_000]);
  }

  @Test
  void takes_every_value() {
    for (long value : new long[] {-1, 0, 63, 64, 127, 128, Long.MAX_VALUE}) {
      histogram.record(value);
    }
    assertThat(histogram.count()).isEqualTo(7);
    assertThat(histogram.quantile(0.1)).isZero();
    assertThat(histogram.quantile(1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void adds_and_forgets() {
    Histogram other = new Histogram();
    other.record(7);
    histogram.record(3);
    histogram.add(other);
    assertThat(histogram.count()).isEqualTo(2);
    assertThat(histogram.max()).isEqualTo(7);
    histogram.clear();
    assertThat(histogram.count()).isZero();
    assertThat(histogram.quantile(1)).isZero();
  }
}
