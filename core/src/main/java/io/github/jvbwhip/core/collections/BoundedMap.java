package io.github.jvbwhip.core.collections;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that has room for so many entries, and forgets one for each that is put beyond that. Not
 * thread-safe.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  private BoundedMap(int most, boolean byUse) {
    super(16, 0.75f, byUse);
    this.most = most;
  }

  /** One that forgets what was put first; putting a key again leaves it where it is. */
  public static <K, V> Map<K, V> forgettingTheOldest(int most) {
    return new BoundedMap<>(most, false);
  }

  /** One that forgets what was got and put least recently. */
  public static <K, V> Map<K, V> forgettingTheLeastUsed(int most) {
    return new BoundedMap<>(most, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
