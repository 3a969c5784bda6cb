package io.github.jvbwhip.benchmarks.jvb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the bridge used in turns, and the ratios that follow from it. Not thread-safe. */
final class Cycles {
  private static final int RESAMPLES = 1000;

  /**
   * One turn of a room, or of none.
   *
   * @param nanos processor time of the bridge's threads
   * @param pluginNanos that of the plugin's own threads, which is not in {@code nanos}
   * @param bytes allocated by the bridge's threads
   */
  record Turn(double seconds, double nanos, double pluginNanos, double bytes, long packets) {}

  /**
   * One turn of each, close to each other in time.
   *
   * @param idle while both rooms hardly send
   */
  record Cycle(Turn rewritten, Turn plain, Turn idle) {}

  private final List<Cycle> all = new ArrayList<>();

  void add(Cycle cycle) {
    all.add(cycle);
  }

  int size() {
    return all.size();
  }

  double packetsPerSecond() {
    return all.stream()
        .mapToDouble(cycle -> cycle.rewritten.packets / cycle.rewritten.seconds)
        .average()
        .orElse(0);
  }

  /** What a rewritten packet used. */
  double rewritten(ToDoubleFunction<Turn> use) {
    return perPacket(all, Cycle::rewritten, use);
  }

  /** What a packet used that goes through as it is. */
  double plain(ToDoubleFunction<Turn> use) {
    return perPacket(all, Cycle::plain, use);
  }

  /** The ratio of the processor times. */
  double ratio() {
    return ratio(all, false);
  }

  /**
   * The same as text, with the interval that holds 95 % of the ratios of cycles drawn again.
   *
   * @param withPlugin whether the plugin's own threads count for the rewritten packets
   */
  String ratio(boolean withPlugin) {
    Random random = new Random(1);
    double[] drawn = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<Cycle> sample = random.ints(all.size(), 0, all.size()).mapToObj(all::get).toList();
      drawn[i] = ratio(sample, withPlugin);
    }
    Arrays.sort(drawn);
    return String.format(
        Locale.ROOT,
        "%.3f (95 %% interval %.3f to %.3f)",
        ratio(all, withPlugin),
        drawn[RESAMPLES / 40],
        drawn[RESAMPLES - 1 - RESAMPLES / 40]);
  }

  private static double ratio(List<Cycle> cycles, boolean withPlugin) {
    double rewritten = perPacket(cycles, Cycle::rewritten, Turn::nanos);
    if (withPlugin) {
      rewritten +=
          cycles.stream().mapToDouble(cycle -> cycle.rewritten.pluginNanos).sum()
              / cycles.stream().mapToLong(cycle -> cycle.rewritten.packets).sum();
    }
    return rewritten / perPacket(cycles, Cycle::plain, Turn::nanos);
  }

  /** What is used beyond that of idle rooms in the same time. */
  private static double perPacket(
      List<Cycle> cycles, Function<Cycle, Turn> side, ToDoubleFunction<Turn> use) {
    double used = 0;
    double idle = 0;
    double seconds = 0;
    double idleSeconds = 0;
    long packets = 0;
    for (Cycle cycle : cycles) {
      Turn turn = side.apply(cycle);
      used += use.applyAsDouble(turn);
      idle += use.applyAsDouble(cycle.idle);
      seconds += turn.seconds;
      idleSeconds += cycle.idle.seconds;
      packets += turn.packets;
    }
    return (used - idle * seconds / idleSeconds) / packets;
  }
}
