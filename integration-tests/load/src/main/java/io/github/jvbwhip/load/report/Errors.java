package io.github.jvbwhip.load.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What went wrong, by its kind and its text, and how often. Bounded. Thread-safe. */
public final class Errors {
  private static final int MOST_TEXTS = 100;
  private static final int LONGEST_TEXT = 200;

  /** One text and how often it came. */
  public record Counted(String kind, String text, long count) {}

  private record Key(String kind, String text) {}

  private final Map<Key, Long> counts = new LinkedHashMap<>();

  /** Counts one. */
  public synchronized void add(String kind, String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", " ");
    Key key = new Key(kind, clean.substring(0, Math.min(LONGEST_TEXT, clean.length())));
    Key counted =
        counts.containsKey(key) || counts.size() < MOST_TEXTS ? key : new Key(kind, "...");
    counts.merge(counted, 1L, Long::sum);
  }

  /** The most frequent first. */
  public synchronized List<Counted> list() {
    List<Counted> list = new ArrayList<>();
    counts.forEach((key, count) -> list.add(new Counted(key.kind, key.text, count)));
    list.sort(Comparator.comparingLong(Counted::count).reversed());
    return list;
  }
}
