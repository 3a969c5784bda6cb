package io.github.jvbwhip.http.server;

import io.github.jvbwhip.core.bridge.ClientNetwork;
import io.github.jvbwhip.http.config.Network;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
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

  /** Where one comes from; it gives way to others only if it is bounded. */
  record Origin(ClientNetwork network, boolean bounded) {}

  /** Those without a request, the longest waiting first, but for those of trusted proxies. */
  private final Set<HeadEndPoint> idle = new LinkedHashSet<>();

  private final Set<HeadEndPoint> open = new HashSet<>();

  /**
   * @param trustedProxies are not bounded by address: many clients come by one of them
   */
  OpenConnections(ConnectionLimits limits, List<Network> trustedProxies) {
    this.limits = limits;
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /** What is known of a client before it is heard. */
  Origin origin(InetAddress remote) {
    return new Origin(
        ClientNetwork.of(remote.getAddress()),
        trustedProxies.stream().noneMatch(proxy -> proxy.contains(remote)));
  }

  /**
   * Makes place for one more.
   *
   * @return why there is none
   */
  Optional<String> makePlace(Origin origin) {
    HeadEndPoint eldest;
    synchronized (this) {
      if (origin.bounded() && byAddress.getOrDefault(origin.network(), 0) >= limits.perAddress()) {
        return Optional.of(
            "an address has %d connections, all that it gets".formatted(limits.perAddress()));
      }
      if (open.size() < limits.connections()) {
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

  /** It waits for its first request. */
  synchronized void opened(HeadEndPoint connection) {
    open.add(connection);
    byAddress.merge(connection.origin().network(), 1, Integer::sum);
    waits(connection);
  }

  /**
   * A trusted proxy has said whose connection it is, which waits for its first request.
   *
   * @return false when the client has all connections that it gets
   */
  synchronized boolean comesFrom(HeadEndPoint connection, InetAddress client) {
    Origin told = origin(client);
    if (told.bounded() && byAddress.getOrDefault(told.network(), 0) >= limits.perAddress()) {
      return false;
    }
    if (open.contains(connection)) {
      leaves(connection.origin().network());
      byAddress.merge(told.network(), 1, Integer::sum);
      connection.comesFrom(told);
      waits(connection);
    }
    return true;
  }

  synchronized void closed(HeadEndPoint connection) {
    if (open.remove(connection)) {
      idle.remove(connection);
      leaves(connection.origin().network());
    }
  }

  private void leaves(ClientNetwork network) {
    byAddress.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
  }

  /** It waits for a request. */
  synchronized void waits(HeadEndPoint connection) {
    if (connection.origin().bounded() && connection.isOpen()) {
      idle.add(connection);
    }
  }

  /** It has one. */
  synchronized void works(HeadEndPoint connection) {
    idle.remove(connection);
  }
}
