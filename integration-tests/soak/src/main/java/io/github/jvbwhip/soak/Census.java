package io.github.jvbwhip.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is in the bridge's process at one moment.
 *
 * @param instances that are reachable, by class name
 * @param heapBytes of what is reachable
 * @param threads by name, with one sign for any number
 * @param descriptors that are open
 * @param directBytes of direct buffers
 */
record Census(
    Map<String, Long> instances,
    long heapBytes,
    Map<String, Integer> threads,
    long descriptors,
    long directBytes) {
  /** Of these as many as the regulars have, and none of anybody who has gone. */
  private static final Map<String, Integer> COUNTED =
      new TreeMap<>(
          Map.of(
              "io.github.jvbwhip.whip.PublisherSession", Regulars.PUBLISHERS,
              "io.github.jvbwhip.whep.PlayerSession", Regulars.PLAYERS,
              "io.github.jvbwhip.embedded.IngestSession", Regulars.PUBLISHERS,
              "io.github.jvbwhip.embedded.EgressSession", Regulars.PLAYERS,
              "org.ice4j.ice.Agent", Regulars.PUBLISHERS + Regulars.PLAYERS,
              "org.jitsi.videobridge.Conference", 1,
              "org.jitsi.videobridge.Endpoint", Regulars.PUBLISHERS + Regulars.PLAYERS));

  /** Pools may have grown. */
  private static final int MORE_THREADS = 24;

  /** Kept connections of HTTP clients, among others. */
  private static final int MORE_DESCRIPTORS = 24;

  private static final long MORE_DIRECT_BYTES = 4 << 20;

  /** What caches need, and what a round's rests may be; little enough to find 0.6 MB a round. */
  private static final long MORE_HEAP_BYTES = 6 << 20;

  private static final int LISTED = 30;

  Census {
    instances = Map.copyOf(instances);
    threads = Map.copyOf(threads);
  }

  /** What there is of those who have gone; nothing, if all is well. */
  List<String> left() {
    List<String> left = new ArrayList<>();
    COUNTED.forEach((name, regulars) -> grown(left, name, regulars, count(name), 0));
    return left;
  }

  /** What else there is more of than there was; nothing, if all is well. */
  List<String> grownSince(Census before) {
    List<String> grown = new ArrayList<>();
    grown(grown, "threads", before.threadCount(), threadCount(), MORE_THREADS);
    grown(grown, "descriptors", before.descriptors, descriptors, MORE_DESCRIPTORS);
    grown(grown, "direct bytes", before.directBytes, directBytes, MORE_DIRECT_BYTES);
    grown(grown, "heap bytes", before.heapBytes, heapBytes, MORE_HEAP_BYTES);
    return grown;
  }

  private static void grown(List<String> grown, String what, long before, long now, long allowed) {
    if (now > before + allowed) {
      grown.add("%s: %d instead of %d".formatted(what, now, before));
    }
  }

  private long count(String name) {
    return instances.getOrDefault(name, 0L);
  }

  int threadCount() {
    return threads.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The classes that have grown most since, and the threads, a line each. */
  List<String> differences(Census before) {
    List<String> lines = new ArrayList<>();
    instances.entrySet().stream()
        .map(each -> Map.entry(each.getKey(), each.getValue() - before.count(each.getKey())))
        .filter(each -> each.getValue() > 0)
        .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
        .limit(LISTED)
        .forEach(each -> lines.add("+%d %s".formatted(each.getValue(), each.getKey())));
    new TreeMap<>(threads)
        .forEach(
            (name, count) -> {
              int more = count - before.threads.getOrDefault(name, 0);
              if (more > 0) {
                lines.add("+%d thread %s".formatted(more, name));
              }
            });
    return lines;
  }

  /** In a line: as many sessions, endpoints and agents, threads and so on. */
  @Override
  public String toString() {
    long sessions =
        count("io.github.jvbwhip.whip.PublisherSession")
            + count("io.github.jvbwhip.whep.PlayerSession");
    return "sessions %d, agents %d, threads %d, descriptors %d, direct %.1f MB, heap %.1f MB"
        .formatted(
            sessions,
            count("org.ice4j.ice.Agent"),
            threadCount(),
            descriptors,
            directBytes / 1e6,
            heapBytes / 1e6);
  }
}
