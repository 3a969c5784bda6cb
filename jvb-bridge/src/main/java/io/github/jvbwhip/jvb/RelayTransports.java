package io.github.jvbwhip.jvb;

import io.github.jvbwhip.core.bridge.BridgeException;
import io.github.jvbwhip.core.bridge.DtlsRole;
import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.LocalTransport;
import io.github.jvbwhip.core.bridge.RemoteTransport;
import io.github.jvbwhip.jvb.host.BridgeTransport;
import java.util.List;
import java.util.Optional;

/**
 * The two sides of a link's transport. They use one address family: between bridges that have two,
 * one side could send over the pair that worked first, and the other over the one that ICE
 * selected, and DTLS would not come up. Pure.
 */
final class RelayTransports {
  private RelayTransports() {}

  /**
   * The other side as the bridge is told of it.
   *
   * @param role the other side's
   */
  static RemoteTransport remote(LocalTransport theirs, DtlsRole role) throws BridgeException {
    if (theirs.fingerprints().isEmpty()) {
      throw new BridgeException(
          BridgeException.Reason.REFUSED, "The other bridge has told no fingerprint.");
    }
    return new RemoteTransport(
        theirs.credentials(),
        ofFamily(theirs.candidates(), isV4(theirs.candidates())),
        theirs.fingerprints(),
        role);
  }

  /** This side of a link that begins here. */
  static LocalTransport offered(BridgeTransport ours) {
    return new LocalTransport(
        ours.credentials(), ours.candidates(), ours.fingerprints(), Optional.empty());
  }

  /**
   * This side of a link that another bridge has begun.
   *
   * @param theirs that one's side
   */
  static LocalTransport answered(BridgeTransport ours, RemoteTransport theirs) {
    return new LocalTransport(
        ours.credentials(),
        ofFamily(ours.candidates(), isV4(theirs.candidates())),
        ours.fingerprints(),
        Optional.of(DtlsRole.ACTIVE));
  }

  private static boolean isV4(List<IceCandidate> candidates) {
    return candidates.stream().anyMatch(RelayTransports::isV4);
  }

  private static boolean isV4(IceCandidate candidate) {
    return candidate.address().indexOf(':') < 0;
  }

  private static List<IceCandidate> ofFamily(List<IceCandidate> candidates, boolean v4) {
    return candidates.stream().filter(candidate -> isV4(candidate) == v4).toList();
  }
}
