package io.github.jvbwhip.core.bridge;

import java.util.List;

/**
 * The client's side of the one bundled transport.
 *
 * @param candidates those known so far; may be empty (the client trickles, or is found as peer
 *     reflexive)
 * @param fingerprints at least one
 * @param role the client's DTLS role, {@code actpass} already resolved
 */
public record RemoteTransport(
    IceCredentials credentials,
    List<IceCandidate> candidates,
    List<Fingerprint> fingerprints,
    DtlsRole role) {
  public RemoteTransport {
    candidates = List.copyOf(candidates);
    fingerprints = List.copyOf(fingerprints);
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("a fingerprint is needed");
    }
  }
}
