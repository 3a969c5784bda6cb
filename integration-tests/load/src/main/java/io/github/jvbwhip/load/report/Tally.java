package io.github.jvbwhip.load.report;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sums of {@link Figure}s. Not thread-safe. */
public final class Tally {
  private final long[] sums = new long[Figure.values().length];
  private final Set<Figure> counted = EnumSet.noneOf(Figure.class);

  /** Adds to one of them, which counts from then on, even when it is zero. */
  public Tally add(Figure figure, long value) {
    sums[figure.ordinal()] += value;
    counted.add(figure);
    return this;
  }

  /** Adds all of another one. */
  public Tally add(Tally other) {
    other.counted.forEach(figure -> add(figure, other.get(figure)));
    return this;
  }

  public long get(Figure figure) {
    return sums[figure.ordinal()];
  }

  /** All that was counted, by name. */
  public Map<String, Long> toMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    counted.forEach(figure -> map.put(figure.key(), get(figure)));
    return map;
  }
}
