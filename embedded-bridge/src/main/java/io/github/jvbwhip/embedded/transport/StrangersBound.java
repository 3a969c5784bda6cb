package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections by which no session's check has come yet, so many of each network; and those of
 * each network in all. Not thread-safe.
 */
final class StrangersBound {
  private final int perNetwork;
  private final int inAllPerNetwork;
  private final Set<FramedConnection> strangers = new LinkedHashSet<>();
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
  private final Map<ClientNetwork, Integer> inAll = new HashMap<>();

  /**
   * @param perNetwork strangers
   * @param inAllPerNetwork connections
   */
  StrangersBound(int perNetwork, int inAllPerNetwork) {
    this.perNetwork = perNetwork;
    this.inAllPerNetwork = inAllPerNetwork;
  }

  /** Whether a network may have one more. */
  boolean hasPlaceFor(ClientNetwork network) {
    return byNetwork.getOrDefault(network, 0) < perNetwork
        && inAll.getOrDefault(network, 0) < inAllPerNetwork;
  }

  /** One has been opened, for which there is a place. */
  void enter(FramedConnection connection) {
    byNetwork.merge(connection.network(), 1, Integer::sum);
    inAll.merge(connection.network(), 1, Integer::sum);
    strangers.add(connection);
  }

  /** One that was let in is closed; once for each. */
  void close(FramedConnection connection) {
    leave(connection);
    inAll.computeIfPresent(connection.network(), (key, count) -> count > 1 ? count - 1 : null);
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
