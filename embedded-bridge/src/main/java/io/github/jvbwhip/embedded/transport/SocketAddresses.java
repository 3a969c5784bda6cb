package io.github.jvbwhip.embedded.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as Linux has them, {@code sockaddr_in} and {@code sockaddr_in6}, and those of Java that
 * were made of them: nothing is allocated for an address that has come lately. Not thread-safe.
 */
final class SocketAddresses {
  /** Bytes of the longer one. */
  static final int LENGTH = 28;

  private static final int IPV4_LENGTH = 16;
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;

  private static final int PORT = 2;
  private static final int IPV4 = 4;
  private static final int IPV6 = 8;
  private static final int SCOPE = 24;

  private static final int KEPT = 1024;
  private static final int PROBES = 4;

  private final long[] high = new long[KEPT];
  private final long[] low = new long[KEPT];
  private final long[] ports = new long[KEPT];
  private final @Nullable InetSocketAddress[] kept = new InetSocketAddress[KEPT];

  static boolean isIpv6(ByteBuffer from, int at) {
    return from.getShort(at) == AF_INET6;
  }

  /** Reads an address, from the cache if it is there. */
  InetSocketAddress find(ByteBuffer from, int at) {
    boolean ipv6 = isIpv6(from, at);
    long first = ipv6 ? from.getLong(at + IPV6) : from.getInt(at + IPV4);
    long second = ipv6 ? from.getLong(at + IPV6 + Long.BYTES) : 0;
    // The scope is a part of it: link-local addresses are those of an interface.
    long port =
        from.getShort(at + PORT) & 0xFFFFL | (ipv6 ? (long) from.getInt(at + SCOPE) << 16 : 0);
    int slot =
        Long.hashCode((first * 31 + second) * 0x9E3779B97F4A7C15L + port * 0xC2B2AE3D27D4EB4FL);
    for (int i = 0; i < PROBES; i++) {
      int probe = slot + i & KEPT - 1;
      InetSocketAddress known = kept[probe];
      if (known != null && high[probe] == first && low[probe] == second && ports[probe] == port) {
        return known;
      }
      if (known == null) {
        return keep(probe, first, second, port, read(from, at));
      }
    }
    return keep(slot & KEPT - 1, first, second, port, read(from, at));
  }

  private InetSocketAddress keep(
      int slot, long first, long second, long port, InetSocketAddress address) {
    high[slot] = first;
    low[slot] = second;
    ports[slot] = port;
    kept[slot] = address;
    return address;
  }

  /** Reads an address; one of IPv4 in the form of IPv6 is one of IPv4. */
  static InetSocketAddress read(ByteBuffer from, int at) {
    boolean ipv6 = isIpv6(from, at);
    byte[] address = new byte[ipv6 ? 16 : 4];
    for (int i = 0; i < address.length; i++) {
      address[i] = from.get(at + (ipv6 ? IPV6 : IPV4) + i);
    }
    int port = Short.reverseBytes(from.getShort(at + PORT)) & 0xFFFF;
    int scope = ipv6 ? from.getInt(at + SCOPE) : 0;
    try {
      return new InetSocketAddress(
          scope == 0
              ? InetAddress.getByAddress(address)
              : Inet6Address.getByAddress(null, address, scope),
          port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // Of 4 or 16 bytes there is none.
    }
  }

  /** Writes an address as a socket of IPv6, or of IPv4, takes it. */
  static byte[] write(InetSocketAddress address, boolean ipv6) {
    ByteBuffer to = ByteBuffer.allocate(ipv6 ? LENGTH : IPV4_LENGTH).order(ByteOrder.nativeOrder());
    InetAddress host = address.getAddress();
    byte[] bytes = host.getAddress();
    to.putShort(0, ipv6 ? AF_INET6 : AF_INET);
    to.putShort(PORT, Short.reverseBytes((short) address.getPort()));
    if (ipv6 && bytes.length == 4) {
      to.putShort(IPV6 + 10, (short) -1); // ::ffff:0:0/96
      to.put(IPV6 + 12, bytes);
    } else {
      to.put(ipv6 ? IPV6 : IPV4, bytes);
    }
    if (host instanceof Inet6Address scoped) {
      to.putInt(SCOPE, scoped.getScopeId());
    }
    return to.array();
  }
}
