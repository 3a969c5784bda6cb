package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.collections.BoundedMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The edges for which something is fetched, as they say of themselves in {@code Via} (RFC 9110
 * §7.6.3). Anybody may name any edge there: only the last are kept, and whoever names one by which
 * it goes in a circle cannot keep it from those who name none. Confined to the serial executor.
 */
final class Askers {
  private static final int MOST = 32;

  private final Set<String> named = newSet();
  private final Set<String> circular = newSet();
  private boolean plain;

  private static Set<String> newSet() {
    return Collections.newSetFromMap(BoundedMap.forgettingTheOldest(MOST));
  }

  /**
   * Somebody asks.
   *
   * @param via empty for a player
   * @return whether it may be fetched for those; not where it would go in a circle
   */
  boolean add(List<String> via) {
    if (via.stream().anyMatch(circular::contains)) {
      return false;
    }
    plain |= via.isEmpty();
    named.addAll(via);
    return true;
  }

  /** For whom it is asked for now. */
  List<String> named() {
    return new ArrayList<>(named);
  }

  /** The origin would get it from one of these: where others want it too, they go without them. */
  void refused(List<String> via) {
    if (plain) {
      circular.addAll(via);
      named.removeAll(Set.copyOf(via));
    }
  }
}
