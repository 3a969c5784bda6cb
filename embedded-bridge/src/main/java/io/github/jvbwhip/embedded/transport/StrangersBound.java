package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections by which no session's check has come yet, so many of each network. Not
 * thread-safe.
 */
final class StrangersBound {
  private final int perNetwork;
  private final Set<FramedConnection> strangers = new LinkedHashSet<>();
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();

  StrangersBound(int perNetwork) {
    this.perNetwork = perNetwork;
  }

  /**
   * One has been opened.
   *
   * @return false when its network has as many as it gets
   */
  boolean enter(FramedConnection connection) {
    if (byNetwork.getOrDefault(connection.network(), 0) >= perNetwork) {
      return false;
    }
    byNetwork.merge(connection.network(), 1, Integer::sum);
    strangers.add(connection);
    return true;
  }

  /** It is known now, or closed. Idempotent. */
  void leave(FramedConnection connection) {
    if (strangers.remove(connection)) {
      byNetwork.computeIfPresent(
          connection.network(), (key, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** That which has been one for longest. */
  @Nullable FramedConnection eldest() {
    Iterator<FramedConnection> all = strangers.iterator();
    return all.hasNext() ? all.next() : null;
  }
}
