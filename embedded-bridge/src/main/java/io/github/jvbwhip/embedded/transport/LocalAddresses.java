package io.github.jvbwhip.embedded.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The addresses that a bridge listens on. */
final class LocalAddresses {
  /** Some clients use the first host candidate only, and cannot use IPv6. */
  static final Comparator<InetAddress> IPV4_FIRST =
      Comparator.comparing(address -> !(address instanceof Inet4Address));

  private LocalAddresses() {}

  /**
   * The addresses to bind, IPv4 first: those that were asked for, a wildcard standing for every
   * usable address; with none asked for, every usable address, or the loopback addresses on a
   * machine that has no other.
   */
  static List<InetAddress> toBind(List<InetAddress> asked) throws SocketException {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (InetAddress address : asked) {
      if (address.isAnyLocalAddress()) {
        addresses.addAll(usable());
      } else {
        addresses.add(address);
      }
    }
    if (asked.isEmpty()) {
      addresses.addAll(usable());
    }
    List<InetAddress> sorted = new ArrayList<>(addresses);
    sorted.sort(IPV4_FIRST);
    return sorted;
  }

  private static List<InetAddress> usable() throws SocketException {
    List<InetAddress> loopback = new ArrayList<>();
    List<InetAddress> usable = new ArrayList<>();
    for (NetworkInterface networkInterface :
        NetworkInterface.networkInterfaces().toArray(NetworkInterface[]::new)) {
      if (!networkInterface.isUp()) {
        continue;
      }
      for (InetAddress address : networkInterface.inetAddresses().toArray(InetAddress[]::new)) {
        // A link-local address needs a zone, which a candidate cannot carry (RFC 8839 §5.1).
        if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
          continue;
        }
        (address.isLoopbackAddress() ? loopback : usable).add(withoutZone(address));
      }
    }
    return usable.isEmpty() ? loopback : usable;
  }

  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has an impossible length", e);
    }
  }
}
