package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/**
 * An ICE candidate (RFC 8839 §5.1), of component 1: WHIP and WHEP multiplex RTP and RTCP.
 *
 * @param address an IP literal (or, from a client, an mDNS name)
 * @param relatedAddress IP literal and port, for a reflexive or relayed candidate
 */
public record IceCandidate(
    String foundation,
    Protocol protocol,
    long priority,
    String address,
    int port,
    Type type,
    Optional<RelatedAddress> relatedAddress) {

  /** The transport protocol. */
  public enum Protocol {
    UDP,
    TCP
  }

  /** The candidate type. */
  public enum Type {
    HOST,
    SRFLX,
    PRFLX,
    RELAY
  }

  /** The base of a reflexive, or the mapped address of a relayed, candidate. */
  public record RelatedAddress(String address, int port) {}
}
