package io.github.jvbwhip.benchmarks.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All runs; those in which somebody was not served count nowhere. Not thread-safe. */
final class Trials {
  private final List<Trial> all = new ArrayList<>();

  void add(Trial trial) {
    all.add(trial);
  }

  boolean has(String subject, Series series) {
    return all.stream().anyMatch(t -> t.subject().equals(subject) && t.series() == series);
  }

  /** The values of a series that were tried, ascending. */
  List<Integer> values(Series series) {
    return all.stream()
        .filter(trial -> trial.series() == series)
        .map(Trial::value)
        .distinct()
        .sorted()
        .toList();
  }

  /** How many rounds were tried. */
  long tried(String subject, Series series, int value) {
    return of(subject, series, value).count();
  }

  /** What the rounds found in which everybody was served, ascending. */
  double[] rounds(String subject, Series series, int value, ToDoubleFunction<Trial> of) {
    return good(subject, series, value)
        .mapToDouble(of)
        .filter(figure -> !Double.isNaN(figure))
        .sorted()
        .toArray();
  }

  private Stream<Trial> of(String subject, Series series, int value) {
    return all.stream()
        .filter(trial -> trial.subject().equals(subject))
        .filter(trial -> trial.series() == series && trial.value() == value);
  }

  private Stream<Trial> good(String subject, Series series, int value) {
    return of(subject, series, value).filter(trial -> trial.report().isGood());
  }

  /** The median of the rounds; NaN where there are none. */
  double median(String subject, Series series, int value, ToDoubleFunction<Trial> of) {
    return median(rounds(subject, series, value, of));
  }

  /** What the first round found; NaN where it found nothing. */
  double first(String subject, Series series, int value, ToDoubleFunction<Trial> of) {
    return good(subject, series, value)
        .filter(trial -> trial.round() == 0)
        .mapToDouble(of)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The median over the rounds of the ratio of two servers in the same round. */
  double ratio(String subject, String other, Series series, int value, ToDoubleFunction<Trial> of) {
    return median(
        good(subject, series, value)
            .flatMapToDouble(
                trial ->
                    good(other, series, value)
                        .filter(t -> t.round() == trial.round())
                        .mapToDouble(t -> of.applyAsDouble(trial) / of.applyAsDouble(t)))
            .sorted()
            .toArray());
  }

  private static double median(double[] sorted) {
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
