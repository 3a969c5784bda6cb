package io.github.jvbwhip.load;

import io.github.jvbwhip.load.report.Distribution;
import io.github.jvbwhip.load.report.Histogram;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the steps of players took, in microseconds. Not thread-safe. */
final class RunTimes {
  private static final long NANOS_PER_MICRO = 1000;

  private final Histogram post = new Histogram();
  private final Histogram connected = new Histogram();
  private final Histogram firstRtp = new Histogram();
  private final Histogram firstKeyframe = new Histogram();
  private final Histogram delay = new Histogram();
  private final Histogram longestGap = new Histogram();

  void post(long from, long to) {
    record(post, from, to);
  }

  void connected(long from, long to) {
    record(connected, from, to);
  }

  void firstRtp(long from, long to) {
    record(firstRtp, from, to);
  }

  void firstKeyframe(long from, long to) {
    record(firstKeyframe, from, to);
  }

  /** The longest of one player. */
  void longestGap(long nanos) {
    longestGap.record(nanos / NANOS_PER_MICRO);
  }

  void delays(Histogram micros) {
    delay.add(micros);
  }

  /** A step that was not done is not counted. */
  private static void record(Histogram into, long from, long to) {
    if (to != 0) {
      into.record((to - from) / NANOS_PER_MICRO);
    }
  }

  void add(RunTimes other) {
    post.add(other.post);
    connected.add(other.connected);
    firstRtp.add(other.firstRtp);
    firstKeyframe.add(other.firstKeyframe);
    delay.add(other.delay);
    longestGap.add(other.longestGap);
  }

  /** By name, those that have values. */
  Map<String, Distribution> distributions() {
    Map<String, Histogram> all = new LinkedHashMap<>();
    all.put("post", post);
    all.put("connected", connected);
    all.put("firstRtp", firstRtp);
    all.put("firstKeyframe", firstKeyframe);
    all.put("delay", delay);
    all.put("longestGap", longestGap);
    Map<String, Distribution> distributions = new LinkedHashMap<>();
    all.forEach(
        (name, histogram) -> {
          if (histogram.count() > 0) {
            distributions.put(name, Distribution.ofMicros(histogram));
          }
        });
    return distributions;
  }
}
