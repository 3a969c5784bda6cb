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

  /** RFC 6544 §4.2: below UDP. */
  private static final long TCP_PREFERENCE = 90L << 24;

  /** Likewise, in the local preference: of passive host candidates. */
  private static final long PASSIVE = 4L << 13;

  private static final int MAX_OTHER_PREFERENCE = 8191;
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
    return of(IceCandidate.Protocol.UDP, bound, advertised);
  }

  /** The same with passive TCP candidates, after those of UDP; none where nothing is bound. */
  static List<IceCandidate> ofTcp(List<InetSocketAddress> bound, List<InetAddress> advertised) {
    return bound.isEmpty() ? List.of() : of(IceCandidate.Protocol.TCP, bound, advertised);
  }

  private static List<IceCandidate> of(
      IceCandidate.Protocol protocol, List<InetSocketAddress> bound, List<InetAddress> advertised) {
    boolean udp = protocol == IceCandidate.Protocol.UDP;
    Set<InetAddress> addresses = new LinkedHashSet<>(advertised);
    bound.forEach(address -> addresses.add(address.getAddress()));
    List<InetAddress> sorted = new ArrayList<>(addresses);
    sorted.sort(LocalAddresses.IPV4_FIRST);
    int port = bound.get(0).getPort();
    List<IceCandidate> candidates = new ArrayList<>();
    for (InetAddress address : sorted) {
      long type = udp ? HOST_PREFERENCE : TCP_PREFERENCE;
      long localPreference =
          (udp ? MAX_LOCAL_PREFERENCE : PASSIVE | MAX_OTHER_PREFERENCE) - candidates.size();
      candidates.add(
          new IceCandidate(
              (udp ? "" : "tcp") + (candidates.size() + 1),
              protocol,
              type | localPreference << 8 | COMPONENT_PART,
              address.getHostAddress(),
              port,
              IceCandidate.Type.HOST,
              Optional.empty()));
    }
    return List.copyOf(candidates);
  }
}
