package io.github.jvbwhip.edge;

import io.github.jvbwhip.core.collections.BoundedMap;
import io.github.jvbwhip.http.exchange.ViaField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The edges for which something is fetched, as they say of themselves in {@code Via} (RFC 9110
 * §7.6.3). Anybody may name any edge there: only the last are kept, and where the origin refuses
 * them since it gets from one of them what they want, those who name none go on without them.
 * Confined to the serial executor.
 */
final class Askers {
  /** With the edge itself, as many as are read. */
  private static final int MOST = ViaField.MOST - 1;

  private final Set<String> named = Collections.newSetFromMap(BoundedMap.forgettingTheOldest(MOST));
  private boolean plain;
  private boolean alone;

  /**
   * Somebody asks.
   *
   * @param via empty for a player
   */
  void add(List<String> via) {
    plain |= via.isEmpty();
    named.addAll(via);
  }

  /** For whom it is asked for now. */
  List<String> named() {
    return alone ? new ArrayList<>() : new ArrayList<>(named);
  }

  /** The origin would get it from one of those who ask. */
  void refused() {
    alone |= plain;
  }
}
