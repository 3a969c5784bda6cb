package io.github.jvbwhip.http.server;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.http.config.Network;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a server has. When they are all that it takes, the one that has waited the
 * longest without a request gives way: else whoever opens enough of them keeps everybody out.
 * Thread-safe.
 */
final class OpenConnections {
  private final ConnectionLimits limits;
  private final List<Network> trustedProxies;
  private final Map<ClientNetwork, Integer> byAddress = new HashMap<>();

  /** Those without a request, the longest waiting first, but for those of trusted proxies. */
  private final Set<HeadEndPoint> idle = new LinkedHashSet<>();

  private int open;

  /**
   * @param trustedProxies are not bounded by address: many clients come by one of them
   */
  OpenConnections(ConnectionLimits limits, List<Network> trustedProxies) {
    this.limits = limits;
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Makes place for one more.
   *
   * @return why there is none
   */
  Optional<String> makePlace(InetAddress remote) {
    HeadEndPoint eldest;
    synchronized (this) {
      int known = byAddress.getOrDefault(ClientNetwork.of(remote.getAddress()), 0);
      if (isBounded(remote) && known >= limits.perAddress()) {
        return Optional.of(
            "an address has %d connections, all that it gets".formatted(limits.perAddress()));
      }
      if (open < limits.connections()) {
        return Optional.empty();
      }
      eldest = takeEldest();
    }
    if (eldest == null) {
      return Optional.of(
          "there are %d connections, all that are taken".formatted(limits.connections()));
    }
    eldest.close();
    return Optional.empty();
  }

  private @Nullable HeadEndPoint takeEldest() {
    Iterator<HeadEndPoint> waiting = idle.iterator();
    if (!waiting.hasNext()) {
      return null;
    }
    HeadEndPoint eldest = waiting.next();
    waiting.remove();
    return eldest;
  }

  /** Whether there are bounds for connections from there. */
  boolean isBounded(InetAddress remote) {
    return trustedProxies.stream().noneMatch(proxy -> proxy.contains(remote));
  }

  synchronized void opened(HeadEndPoint connection) {
    open++;
    byAddress.merge(connection.client(), 1, Integer::sum);
  }

  synchronized void closed(HeadEndPoint connection) {
    open--;
    idle.remove(connection);
    byAddress.computeIfPresent(connection.client(), (key, count) -> count > 1 ? count - 1 : null);
  }

  /** It waits for a request. */
  synchronized void waits(HeadEndPoint connection) {
    if (connection.isOpen()) {
      idle.add(connection);
    }
  }

  /** It has one. */
  synchronized void works(HeadEndPoint connection) {
    idle.remove(connection);
  }
}
