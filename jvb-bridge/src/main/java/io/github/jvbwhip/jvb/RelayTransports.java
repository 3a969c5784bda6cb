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
   * The other side, with all that it has told.
   *
   * @param role the other side's
   */
  static RemoteTransport remote(LocalTransport theirs, DtlsRole role) throws BridgeException {
    if (theirs.fingerprints().isEmpty()) {
      throw refused("The other bridge has told no fingerprint.");
    }
    return new RemoteTransport(
        theirs.credentials(), theirs.candidates(), theirs.fingerprints(), role);
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
  static LocalTransport answered(BridgeTransport ours, RemoteTransport theirs)
      throws BridgeException {
    return new LocalTransport(
        ours.credentials(),
        ofFamily(ours.candidates(), isV4(ours, theirs)),
        ours.fingerprints(),
        Optional.of(DtlsRole.ACTIVE));
  }

  /** The other side in the family that bridges mostly have, where it has two. */
  static RemoteTransport likely(RemoteTransport theirs) {
    return ofFamily(theirs, have(theirs.candidates(), true));
  }

  /** The other side in the family that both have. */
  static RemoteTransport common(BridgeTransport ours, RemoteTransport theirs)
      throws BridgeException {
    return ofFamily(theirs, isV4(ours, theirs));
  }

  private static boolean isV4(BridgeTransport ours, RemoteTransport theirs) throws BridgeException {
    for (boolean v4 : new boolean[] {true, false}) {
      if (have(ours.candidates(), v4) && have(theirs.candidates(), v4)) {
        return v4;
      }
    }
    throw refused("The bridges have no address family in common.");
  }

  private static BridgeException refused(String why) {
    return new BridgeException(BridgeException.Reason.REFUSED, why);
  }

  private static boolean have(List<IceCandidate> candidates, boolean v4) {
    return candidates.stream().anyMatch(each -> isV4(each) == v4);
  }

  private static boolean isV4(IceCandidate candidate) {
    return candidate.address().indexOf(':') < 0;
  }

  private static RemoteTransport ofFamily(RemoteTransport side, boolean v4) {
    return new RemoteTransport(
        side.credentials(), ofFamily(side.candidates(), v4), side.fingerprints(), side.role());
  }

  private static List<IceCandidate> ofFamily(List<IceCandidate> candidates, boolean v4) {
    return candidates.stream().filter(candidate -> isV4(candidate) == v4).toList();
  }
}
