package io.github.jvbwhip.testpeer;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Remembers when packets arrived, by their transport-wide numbers, until told on. Thread-safe. */
final class ArrivalLog {
  private static final int MOST_AT_ONCE = 400;

  /** Arrivals from {@code baseSequence} on, in microseconds; -1 for what did not come. */
  record Arrivals(int baseSequence, long[] micros) {}

  private final TreeMap<Long, Long> arrivals = new TreeMap<>();
  private long next = -1;
  private long highest = -1;

  synchronized void add(int sequence, long micros) {
    if (highest < 0) {
      highest = 0x10000L + sequence;
      next = highest;
    }
    long number = highest + (short) (sequence - (int) highest);
    highest = Math.max(highest, number);
    if (number >= next) {
      arrivals.putIfAbsent(number, micros);
    }
  }

  /** What has not been told yet; null when that is nothing. */
  synchronized @Nullable Arrivals take() {
    if (arrivals.isEmpty()) {
      return null;
    }
    long base = Math.max(next, arrivals.lastKey() - MOST_AT_ONCE);
    long[] micros = new long[(int) (arrivals.lastKey() - base + 1)];
    for (int i = 0; i < micros.length; i++) {
      micros[i] = arrivals.getOrDefault(base + i, -1L);
    }
    next = arrivals.lastKey() + 1;
    arrivals.clear();
    return new Arrivals((int) (base & 0xffff), micros);
  }
}
