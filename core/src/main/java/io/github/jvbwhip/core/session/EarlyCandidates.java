package io.github.jvbwhip.core.session;

import io.github.jvbwhip.core.bridge.BridgeEndpoint;
import io.github.jvbwhip.core.bridge.IceCredentials;
import io.github.jvbwhip.core.negotiation.IceUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * Candidates that came before the answer that they belong to: a player that trickles has them as
 * soon as it has made its answer, and its requests may overtake each other. Confined to the
 * session's serial executor.
 */
final class EarlyCandidates {
  private static final int MOST_UPDATES = 32;
  private static final int MOST_CANDIDATES = 128;

  private final List<IceUpdate> updates = new ArrayList<>();

  /**
   * Keeps candidates until the answer is there.
   *
   * @throws IceUpdateException {@code NOT_ANSWERED} when there are too many already
   */
  void keep(IceUpdate update) throws IceUpdateException {
    int candidates = update.candidates().size();
    for (IceUpdate each : updates) {
      candidates += each.candidates().size();
    }
    if (updates.size() == MOST_UPDATES || candidates > MOST_CANDIDATES) {
      throw new IceUpdateException(
          IceUpdateException.Reason.NOT_ANSWERED,
          "Too many candidates came before the answer to the server's offer.");
    }
    updates.add(update);
  }

  /** Hands over those that belong to these credentials, and forgets all. */
  void addTo(BridgeEndpoint endpoint, IceCredentials remote) {
    for (IceUpdate update : updates) {
      if (!update.restarts(remote)) {
        endpoint.addRemoteCandidates(update.candidates(), update.endOfCandidates());
      }
    }
    updates.clear();
  }
}
