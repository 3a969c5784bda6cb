package io.github.jvbwhip.core.bridge;

import java.util.List;
import java.util.Optional;

/**
 * The bridge's side of the one bundled transport.
 *
 * @param candidates all of them, UDP IPv4 host candidates first
 * @param role empty while the client has not chosen: the bridge offers {@code actpass}
 */
public record LocalTransport(
    IceCredentials credentials,
    List<IceCandidate> candidates,
    List<Fingerprint> fingerprints,
    Optional<DtlsRole> role) {
  public LocalTransport {
    candidates = List.copyOf(candidates);
    fingerprints = List.copyOf(fingerprints);
  }
}
