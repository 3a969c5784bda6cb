package io.github.jvbwhip.testpeer.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;

/** Picks an address of this machine for media. */
public final class LocalAddresses {
  private LocalAddresses() {}

  /** The first IPv4 address that is not loopback; 127.0.0.1 on a machine that has no other. */
  public static InetAddress preferred() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::usable)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address)
          .findFirst()
          .orElseGet(LocalAddresses::loopback);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first IPv6 address that other machines of a network could have; none on some machines. */
  public static Optional<InetAddress> preferredIpv6() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::usable)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet6Address && !address.isLinkLocalAddress())
          .map(LocalAddresses::withoutScope)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the interface's name, which is no part of a candidate. */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 127.0.0.1. */
  public static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static boolean usable(NetworkInterface candidate) {
    try {
      return candidate.isUp() && !candidate.isLoopback() && !candidate.isPointToPoint();
    } catch (IOException e) {
      return false;
    }
  }
}
