package io.github.jvbwhip.core.negotiation;

import io.github.jvbwhip.core.bridge.IceCandidate;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.sdp.IceFragment;
import java.util.List;
import java.util.Optional;

/**
 * What a PATCH with an ICE fragment says (RFC 9725 §4.3). Immutable.
 *
 * @param credentials the client's, where the fragment names them
 * @param candidates those that can be used: UDP and TCP of component 1; unknown kinds are left out
 * @param endOfCandidates whether no more will come
 */
public record IceUpdate(
    Optional<IceCredentials> credentials, List<IceCandidate> candidates, boolean endOfCandidates) {
  public IceUpdate {
    candidates = List.copyOf(candidates);
  }

  /**
   * Reads a fragment.
   *
   * @param rules whether credentials may be written several times
   * @throws NegotiationException {@code MALFORMED} when the credentials are incomplete or differ
   *     between m-sections
   */
  public static IceUpdate of(IceFragment fragment, NegotiationRules rules)
      throws NegotiationException {
    return Fragments.read(fragment, rules);
  }

  /**
   * Whether this restarts ICE (RFC 9725 §4.3.3): it names another user name fragment than the known
   * one. A restart changes both (RFC 8839 §4.4.1.1.1), and a fragment is told by its user name: the
   * RFC's own trickle example repeats the offer's, with another password.
   */
  public boolean restarts(IceCredentials known) {
    return credentials.isPresent() && !credentials.get().ufrag().equals(known.ufrag());
  }
}
