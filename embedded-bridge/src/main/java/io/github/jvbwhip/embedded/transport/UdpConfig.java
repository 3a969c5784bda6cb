package io.github.jvbwhip.embedded.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the bridge uses UDP, and TCP where that is on.
 *
 * @param bindAddresses the local addresses to listen on; empty for every usable address of the
 *     machine, or the loopback addresses where there is no other
 * @param port the UDP port, the same on each address; 0 for one that is free
 * @param advertisedAddresses addresses under which clients reach the port through a NAT that
 *     forwards it; they are offered beside the local ones, and first
 * @param connectTimeout how long a client may take from when its side is known until ICE and DTLS
 *     are up, and until an ICE restart is through. Its user may have to be asked first
 * @param consentTimeout how long a peer may leave consent checks unanswered (RFC 7675 §5.1: 30
 *     seconds). Checks are sent every five seconds (the system property {@code
 *     ice4j.consent-freshness.interval} says otherwise): it should be several times that
 * @param tcpPort the port of passive TCP candidates (RFC 6544), the same on each address; 0 for one
 *     that is free; empty for none
 */
public record UdpConfig(
    List<InetAddress> bindAddresses,
    int port,
    List<InetAddress> advertisedAddresses,
    Duration connectTimeout,
    Duration consentTimeout,
    OptionalInt tcpPort) {
  public UdpConfig {
    bindAddresses = List.copyOf(bindAddresses);
    advertisedAddresses = List.copyOf(advertisedAddresses);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a UDP port: " + port);
    }
    if (tcpPort.orElse(0) < 0 || tcpPort.orElse(0) > 65535) {
      throw new IllegalArgumentException("not a TCP port: " + tcpPort);
    }
    for (Duration timeout : List.of(connectTimeout, consentTimeout)) {
      if (timeout.toMillis() < 1) {
        throw new IllegalArgumentException("not a time-out: " + timeout);
      }
    }
  }

  /** Without TCP. */
  public UdpConfig(
      List<InetAddress> bindAddresses,
      int port,
      List<InetAddress> advertisedAddresses,
      Duration connectTimeout,
      Duration consentTimeout) {
    this(
        bindAddresses,
        port,
        advertisedAddresses,
        connectTimeout,
        consentTimeout,
        OptionalInt.empty());
  }

  /** Every address of the machine, no TCP, and the usual time-outs. */
  public static UdpConfig onPort(int port) {
    return new UdpConfig(
        List.of(), port, List.of(), Duration.ofSeconds(40), Duration.ofSeconds(30));
  }
}
