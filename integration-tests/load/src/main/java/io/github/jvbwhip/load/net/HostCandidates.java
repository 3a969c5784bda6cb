package io.github.jvbwhip.load.net;

import io.github.jvbwhip.core.bridge.IpLiterals;
import io.github.jvbwhip.testpeer.transport.LocalAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;

/** Candidates of IPv4 and UDP, as they stand in {@code a=candidate}. */
public final class HostCandidates {
  /** RFC 8445 §5.1.2.1: a host candidate, the best address, the first component. */
  private static final long PRIORITY = 126L << 24 | 65_535L << 8 | 255;

  private record Remote(long priority, InetSocketAddress address) {}

  private HostCandidates() {}

  /** The candidate of a socket that is bound to any address of this machine. */
  public static String of(int port) {
    return "1 1 udp %d %s %d typ host"
        .formatted(PRIORITY, LocalAddresses.preferred().getHostAddress(), port);
  }

  /** The addresses of another side's candidates, the best first; what is not understood is none. */
  public static List<InetSocketAddress> read(List<String> candidates) {
    return candidates.stream()
        .map(line -> line.trim().split(" +", -1))
        .filter(HostCandidates::isUsable)
        .map(fields -> new Remote(Long.parseLong(fields[3]), address(fields[4], fields[5])))
        .sorted(Comparator.comparingLong(Remote::priority).reversed())
        .map(Remote::address)
        .distinct()
        .toList();
  }

  private static boolean isUsable(String[] fields) {
    return fields.length >= 8
        && fields[1].equals("1")
        && fields[2].equalsIgnoreCase("udp")
        && fields[3].matches("\\d{1,10}")
        && fields[4].indexOf(':') < 0
        && IpLiterals.isNoName(fields[4])
        && fields[5].matches("\\d{1,5}")
        && Integer.parseInt(fields[5]) < 65_536;
  }

  private static InetSocketAddress address(String literal, String port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(literal), Integer.parseInt(port));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a literal is not looked up", e);
    }
  }
}
