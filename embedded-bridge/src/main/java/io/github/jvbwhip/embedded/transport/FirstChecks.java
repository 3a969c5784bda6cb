package io.github.jvbwhip.embedded.transport;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.bridge.IpLiterals;
import io.github.jvbwhip.core.stun.StunMessage;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks to a client that may be a server which waits to be checked as well: where one bridge plays
 * to another one, somebody has to begin. They are few, less than what the client has sent to be
 * told of, since it may have named addresses of others.
 */
final class FirstChecks {
  private static final int MAX_DATAGRAMS = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<UdpSocket> sockets;
  private final IceCredentials local;
  private final IceCredentials remote;
  private final boolean controlling;
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  FirstChecks(
      List<UdpSocket> sockets,
      IceCredentials local,
      IceCredentials remote,
      boolean controlling,
      List<IceCandidate> candidates) {
    this.sockets = sockets;
    this.local = local;
    this.remote = remote;
    this.controlling = controlling;
    for (IceCandidate candidate : candidates) {
      address(candidate).filter(each -> !addresses.contains(each)).ifPresent(addresses::add);
      if (addresses.size() == MAX_DATAGRAMS) {
        break;
      }
    }
  }

  /** Empty for TCP, names, and addresses that no single host has. */
  static Optional<InetSocketAddress> address(IceCandidate candidate) {
    if (candidate.protocol() != IceCandidate.Protocol.UDP
        || candidate.port() < 1
        || candidate.port() > 65535
        || !IpLiterals.isNoName(candidate.address())) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(candidate.address());
      return address.isAnyLocalAddress() || address.isMulticastAddress()
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(address, candidate.port()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Sends one to each address, from each of the bridge's that can reach it. */
  void send() {
    int left = MAX_DATAGRAMS;
    for (InetSocketAddress to : addresses) {
      for (UdpSocket socket : sockets) {
        InetAddress from = socket.localAddress().getAddress();
        if (left > 0
            && from.getClass() == to.getAddress().getClass()
            && from.isLoopbackAddress() == to.getAddress().isLoopbackAddress()) {
          left--;
          byte[] check = check();
          socket.send(new DatagramPacket(check, check.length, to));
        }
      }
    }
  }

  /** That nominates nothing: its answer is no agent's. */
  private byte[] check() {
    return StunMessage.check(
            remote.ufrag() + ":" + local.ufrag(),
            controlling,
            false,
            RANDOM.nextLong(),
            remote.pwd().getBytes(StandardCharsets.US_ASCII))
        .bytes();
  }
}
