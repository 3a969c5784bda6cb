package io.github.jvbwhip.jvb.host;

import io.github.jvbwhip.core.bridge.Fingerprint;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import java.util.List;
import java.util.OptionalInt;

/**
 * The bridge's side of a transport.
 *
 * @param candidates IPv4 host candidates first
 * @param generation the ICE generation, after a restart
 */
public record BridgeTransport(
    IceCredentials credentials,
    List<IceCandidate> candidates,
    List<Fingerprint> fingerprints,
    OptionalInt generation) {
  public BridgeTransport {
    candidates = List.copyOf(candidates);
    fingerprints = List.copyOf(fingerprints);
  }
}
