package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The candidates that the bridge announces. */
final class LocalCandidates {
  /** RFC 8445 §5.1.2.1: the preference of host candidates, in the top octet. */
  private static final long HOST_PREFERENCE = 126L << 24;

  private static final int MAX_LOCAL_PREFERENCE = 65535;
  private static final int COMPONENT_PART = 256 - 1;

  private LocalCandidates() {}

  /**
   * One host candidate for each address: IPv4 first, in each family the advertised ones first. An
   * advertised address is a host candidate too: some clients use no other kind.
   *
   * @param bound where the port listens; all have the same port number
   */
  static List<IceCandidate> of(List<InetSocketAddress> bound, List<InetAddress> advertised) {
    Set<InetAddress> addresses = new LinkedHashSet<>(advertised);
    bound.forEach(address -> addresses.add(address.getAddress()));
    List<InetAddress> sorted = new ArrayList<>(addresses);
    sorted.sort(LocalAddresses.IPV4_FIRST);
    int port = bound.get(0).getPort();
    List<IceCandidate> candidates = new ArrayList<>();
    for (InetAddress address : sorted) {
      long localPreference = (long) MAX_LOCAL_PREFERENCE - candidates.size();
      candidates.add(
          new IceCandidate(
              Integer.toString(candidates.size() + 1),
              IceCandidate.Protocol.UDP,
              HOST_PREFERENCE | localPreference << 8 | COMPONENT_PART,
              address.getHostAddress(),
              port,
              IceCandidate.Type.HOST,
              Optional.empty()));
    }
    return List.copyOf(candidates);
  }
}
